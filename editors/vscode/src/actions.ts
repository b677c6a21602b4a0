// The server's code actions for one question, wherever the cursor is.

import * as vscode from 'vscode';
import {
  CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type LanguageClient,
  type WorkspaceEdit,
} from 'vscode-languageclient/node';
import type { Question } from './checklist';

/** What closes a question. */
export type Closing = 'insert' | 'waive';

const TITLES: Record<Closing, RegExp> = { insert: /^insert\b/i, waive: /^waive\b/i };

/** The edit by which the server would close the question; undefined when it offers none. */
export async function closingEdit(
  client: LanguageClient,
  document: vscode.TextDocument,
  question: Question,
  closing: Closing,
): Promise<WorkspaceEdit | undefined> {
  const toServer = client.code2ProtocolConverter;
  const finding = vscode.languages.getDiagnostics(document.uri).find((one) => codeOf(one) === question.id);
  const passage = question.reasons[0] ?? question.evidence[0];
  const line = Math.min((passage?.start_line ?? 1) - 1, document.lineCount - 1);
  const offered = await client.sendRequest(CodeActionRequest.type, {
    textDocument: toServer.asTextDocumentIdentifier(document),
    range: toServer.asRange(finding?.range ?? document.lineAt(line).range),
    context: { diagnostics: finding ? [await toServer.asDiagnostic(finding)] : [] },
  });
  const action = (offered ?? [])
    .filter((one): one is CodeAction => CodeAction.is(one) && TITLES[closing].test(one.title))
    .find((one) => isFor(one, question.id));
  if (action === undefined) return undefined;
  return action.edit ?? (await client.sendRequest(CodeActionResolveRequest.type, action)).edit;
}

function isFor(action: CodeAction, id: string): boolean {
  return action.diagnostics?.some((diagnostic) => diagnostic.code === id) ?? action.title.includes(id);
}

/** The rule of a finding; the editor keeps it with its link. */
function codeOf(diagnostic: vscode.Diagnostic): unknown {
  return typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
}
