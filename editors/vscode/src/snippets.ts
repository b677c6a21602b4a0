// Edits with a place for the cursor. The protocol's version 3.17 has none, so the client announces
// the extension of it that other servers use (`experimental.snippetTextEdit`, with
// `insertTextFormat: 2` at an edit) and turns such edits into the editor's own kind.

import * as vscode from 'vscode';
import {
  CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  Command,
  InsertTextFormat,
  TextDocumentEdit,
  type ClientCapabilities,
  type LanguageClient,
  type Middleware,
  type StaticFeature,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageclient/node';

type SnippetEdit = TextEdit & { insertTextFormat?: InsertTextFormat };

/** Tells the server that snippets are understood. */
export class AnnounceSnippets implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = { ...(capabilities.experimental as object), snippetTextEdit: true };
  }
  initialize(): void {}
  getState(): { kind: 'static' } {
    return { kind: 'static' };
  }
  clear(): void {}
}

/** Asks for code actions itself, as the client's own conversion loses what makes an edit a snippet. */
export function snippetMiddleware(client: () => LanguageClient): Middleware {
  return {
    async provideCodeActions(document, range, context, token) {
      const { code2ProtocolConverter: toServer } = client();
      const offered = await client().sendRequest(
        CodeActionRequest.type,
        {
          textDocument: toServer.asTextDocumentIdentifier(document),
          range: toServer.asRange(range),
          context: await toServer.asCodeActionContext(context, token),
        },
        token,
      );
      return Promise.all((offered ?? []).map((action) => toEditor(client(), action, token)));
    },
    async resolveCodeAction(action, token, next) {
      const original = originals.get(action);
      if (original === undefined || original.edit !== undefined) return next(action, token);
      const resolved = await client().sendRequest(CodeActionResolveRequest.type, original, token);
      if (resolved.edit) action.edit = await editorEdit(client(), resolved.edit, token);
      return action;
    },
  };
}

// The editor hands back the object that it was given; the server wants its own.
const originals = new WeakMap<vscode.CodeAction, CodeAction>();

async function toEditor(
  client: LanguageClient,
  offered: CodeAction | Command,
  token: vscode.CancellationToken,
): Promise<vscode.CodeAction | vscode.Command> {
  if (Command.is(offered)) return client.protocol2CodeConverter.asCommand(offered);
  const { edit, ...rest } = offered;
  const action = await client.protocol2CodeConverter.asCodeAction(rest, token);
  if (edit) action.edit = await editorEdit(client, edit, token);
  originals.set(action, offered);
  return action;
}

/** `edit` for the editor, with its snippets. */
async function editorEdit(
  client: LanguageClient,
  edit: WorkspaceEdit,
  token?: vscode.CancellationToken,
): Promise<vscode.WorkspaceEdit> {
  const { protocol2CodeConverter: toEditor } = client;
  const files = snippetFiles(edit);
  if (files === undefined) return (await toEditor.asWorkspaceEdit(edit, token)) ?? new vscode.WorkspaceEdit();
  const result = new vscode.WorkspaceEdit();
  for (const [uri, edits] of files) {
    result.set(
      toEditor.asUri(uri),
      edits.map((one) => {
        const range = toEditor.asRange(one.range);
        return isSnippet(one)
          ? vscode.SnippetTextEdit.replace(range, new vscode.SnippetString(one.newText))
          : vscode.TextEdit.replace(range, one.newText);
      }),
    );
  }
  return result;
}

/** The text edits by file, if there is a snippet among them and nothing else than text edits. */
function snippetFiles(edit: WorkspaceEdit): [string, SnippetEdit[]][] | undefined {
  const files: [string, SnippetEdit[]][] = Object.entries(edit.changes ?? {});
  for (const change of edit.documentChanges ?? []) {
    if (!TextDocumentEdit.is(change)) return undefined;
    files.push([change.textDocument.uri, change.edits]);
  }
  return files.some(([, edits]) => edits.some(isSnippet)) ? files : undefined;
}

function isSnippet(edit: SnippetEdit): boolean {
  return edit.insertTextFormat === InsertTextFormat.Snippet;
}
