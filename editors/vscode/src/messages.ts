// What the server tells people without being asked.

import * as vscode from 'vscode';
import { MessageType, ShowMessageNotification, type LanguageClient } from 'vscode-languageclient/node';

/** Shows what matters, with the way to it, and keeps the rest to the output. */
export function showMessages(client: LanguageClient): void {
  client.onNotification(ShowMessageNotification.type, ({ type, message }) => {
    if (type === MessageType.Error || type === MessageType.Warning) void tell(type, message);
    else client.outputChannel.appendLine(message);
  });
}

async function tell(type: MessageType, message: string): Promise<void> {
  const show = type === MessageType.Error ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
  // Mistakes in archlint.toml and in rule packs: the files are seldom open.
  const choices = message.includes('.toml') ? [SHOW] : [];
  if ((await show(message, ...choices)) !== undefined) await showMistake(message);
}

const SHOW = 'Show the mistake';

/** Goes to the mistake in the file that the message names, or to the list of all problems. */
async function showMistake(message: string): Promise<void> {
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
    const name = uri.path.split('/').pop() ?? '';
    const mistake = diagnostics.find((one) => one.source === 'archlint' && one.severity === vscode.DiagnosticSeverity.Error);
    if (mistake !== undefined && name.endsWith('.toml') && message.includes(name)) {
      await vscode.window.showTextDocument(uri, { selection: mistake.range });
      return;
    }
  }
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}
