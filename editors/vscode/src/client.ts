// The language client: starts the server and tells it the settings.

import * as os from 'node:os';
import * as vscode from 'vscode';
import { LanguageClient, RequestType, type LanguageClientOptions } from 'vscode-languageclient/node';
import type { Checklist } from './checklist';
import { serverSettings } from './settings';
import { AnnounceSnippets, snippetMiddleware } from './snippets';

/** The server's own request: what a document says to every question. Null for what it doesn't review. */
export const ChecklistRequest = new RequestType<{ textDocument: { uri: string } }, Checklist | null, void>(
  'archlint/checklist',
);

/** A client for the program `file`, not started yet. */
export function createClient(file: string, output: vscode.OutputChannel): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: 'file', language: 'markdown' },
      { scheme: 'untitled', language: 'markdown' },
    ],
    outputChannel: output,
    initializationOptions: serverSettings(),
    initializationFailedHandler: () => false,
    middleware: {
      ...snippetMiddleware(() => client),
      workspace: {
        configuration: (params) =>
          params.items.map((item) => {
            if (item.section !== undefined && item.section !== 'archlint') return null;
            return serverSettings(item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri));
          }),
      },
    },
  };
  // A working directory of the workspace would let it decide what relative names mean.
  const server = { command: file, args: ['lsp'], options: { cwd: os.homedir() } };
  const client = new LanguageClient('archlint', 'archlint', server, options);
  client.registerFeature(new AnnounceSnippets());
  return client;
}

/** Tells a running server that settings changed. */
export async function sendSettings(client: LanguageClient): Promise<void> {
  await client.sendNotification('workspace/didChangeConfiguration', { settings: { archlint: serverSettings() } });
}
