// The language client: starts the server and tells it the settings.

import * as os from 'node:os';
import * as vscode from 'vscode';
import { ErrorAction, LanguageClient, RequestType, type ErrorHandler, type LanguageClientOptions } from 'vscode-languageclient/node';
import type { Checklist } from './checklist';
import type { Explanations } from './explanation';
import { showMessages } from './messages';
import { serverSettings } from './settings';
import { AnnounceSnippets, snippetMiddleware } from './snippets';

/** The server's own request: what a document says to every question. Null for what it doesn't review. */
export const ChecklistRequest = new RequestType<{ textDocument: { uri: string } }, Checklist | null, void>(
  'archlint/checklist',
);

/** Commands that the server carries out for a question, where the cursor is not. */
export interface QuestionCommand {
  uri: string;
  rule: string;
  /** Of a waiver. */
  reason?: string;
}

/** Opens the page that explains a rule and says what the document has on it. */
export async function explain(client: LanguageClient, document: vscode.Uri, rule: string): Promise<void> {
  const parameters: QuestionCommand = { uri: client.code2ProtocolConverter.asUri(document), rule };
  await vscode.commands.executeCommand('archlint.explain', parameters);
}

/** A client for the program `file`, not started yet. */
export function createClient(file: string, output: vscode.OutputChannel, explanations: Explanations): LanguageClient {
  let restarts: ErrorHandler | undefined;
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: 'file', language: 'markdown' },
      { scheme: 'untitled', language: 'markdown' },
    ],
    outputChannel: output,
    initializationOptions: serverSettings(),
    initializationFailedHandler: () => false,
    errorHandler: {
      // A pipe that breaks is soon seen to be closed, and then the server is started anew. By itself
      // the client would end it for good if the error comes first.
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => (restarts ??= client.createDefaultErrorHandler()).closed(),
    },
    middleware: {
      ...snippetMiddleware(() => client),
      async provideDiagnostics(document, previousResultId, token, next) {
        const report = await next(document, previousResultId, token);
        // What was cancelled by the next keystroke comes back as "no findings": they would flicker.
        if (token.isCancellationRequested) throw new vscode.CancellationError();
        return report;
      },
      async executeCommand(command, parameters, next) {
        const result: unknown = await next(command, parameters);
        if (command === 'archlint.explain' && typeof result === 'string') {
          const { rule, uri } = parameters[0] as QuestionCommand;
          await explanations.show(rule, client.protocol2CodeConverter.asUri(uri), result);
        }
        return result;
      },
      workspace: {
        configuration: (params) =>
          params.items.map((item) => {
            if (item.section !== undefined && item.section !== 'archlint') return null;
            return serverSettings(item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri));
          }),
        // In the place of the section as it stands there: names of files are made absolute.
        didChangeConfiguration: () =>
          client.sendNotification('workspace/didChangeConfiguration', { settings: { archlint: serverSettings() } }),
      },
    },
  };
  // A working directory of the workspace would let it decide what relative names mean.
  const server = { command: file, args: ['lsp'], options: { cwd: os.homedir() } };
  const client = new LanguageClient('archlint', 'archlint', server, options);
  client.registerFeature(new AnnounceSnippets());
  showMessages(client);
  return client;
}
