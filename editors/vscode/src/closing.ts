// Closing a question from the view or the command palette: a section to write into, or a waiver.
// Where they go in the document, and how they are written there, is the server's to say.

import * as vscode from 'vscode';
import { ExecuteCommandRequest, type LanguageClient } from 'vscode-languageclient/node';
import { isUnsettled, stateOf, type Question } from './checklist';
import type { QuestionCommand } from './client';
import type { ActiveReview } from './review';

/** Inserts the section that answers the question, with the cursor in it. */
export async function insertSection(client: LanguageClient, active: ActiveReview, chosen?: Question): Promise<void> {
  const target = await targetOf(active, chosen, 'Which question should the section answer?');
  if (target !== undefined) await carryOut(client, 'archlint.insertSection', target);
}

/** Waives the question in the document, with a reason that is asked for. */
export async function waive(client: LanguageClient, active: ActiveReview, chosen?: Question): Promise<void> {
  const target = await targetOf(active, chosen, 'Which question does not apply?');
  if (target === undefined) return;
  const reason = await vscode.window.showInputBox({
    title: `Waive “${target.question.title}”`,
    prompt: 'Why does it not apply to this document? The reason is written into the document.',
    placeHolder: 'The service keeps no data of its own',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A waiver needs a reason.' : undefined),
  });
  if (reason === undefined || reason.trim() === '') return;
  await carryOut(client, 'archlint.waive', target, reason.trim());
}

async function carryOut(client: LanguageClient, command: string, target: Target, reason?: string): Promise<void> {
  const { document, question } = target;
  const editor = await vscode.window.showTextDocument(document);
  const parameters: QuestionCommand = {
    uri: client.code2ProtocolConverter.asUri(document.uri),
    rule: question.id,
    ...(reason !== undefined && { reason }),
  };
  let change: vscode.TextDocumentContentChangeEvent | undefined;
  const listening = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document) change ??= event.contentChanges[0];
  });
  try {
    await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [parameters] });
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  } finally {
    listening.dispose();
  }
  if (change !== undefined) select(editor, change);
}

/** Puts the cursor on the first thing to fill in of what was inserted, or behind it. */
function select(editor: vscode.TextEditor, change: vscode.TextDocumentContentChangeEvent): void {
  const gap = /<[^<>!-][^<>\n]*>/.exec(change.text);
  const at = change.rangeOffset + (gap ? gap.index : change.text.trimEnd().length);
  const start = editor.document.positionAt(at);
  const end = editor.document.positionAt(at + (gap ? gap[0].length : 0));
  editor.selection = new vscode.Selection(start, end);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

interface Target {
  document: vscode.TextDocument;
  question: Question;
}

async function targetOf(active: ActiveReview, chosen: Question | undefined, title: string): Promise<Target | undefined> {
  const review = active.current;
  if (review.state !== 'reviewed') return undefined;
  if (chosen !== undefined) return { document: review.document, question: chosen };
  const open = review.checklist.questions.filter(isUnsettled);
  if (open.length === 0) {
    void vscode.window.showInformationMessage('No question that is asked of this document is open.');
    return undefined;
  }
  const items = open.map((question) => ({
    label: question.title,
    description: stateOf(question),
    detail: question.question,
    question,
  }));
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  return picked && { document: review.document, question: picked.question };
}
