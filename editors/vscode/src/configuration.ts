// Mistakes in archlint.toml, told where the author is: the server reports them in that file, which
// is seldom the one that is open.

import * as path from 'node:path';
import * as vscode from 'vscode';

/** Tells of a mistake in an `archlint.toml` once, until it is mended or another one. */
export function watchConfiguration(): vscode.Disposable {
  const told = new Map<string, string>();
  return vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) {
      if (path.posix.basename(uri.path) !== 'archlint.toml') continue;
      const mistake = vscode.languages
        .getDiagnostics(uri)
        .find((one) => one.source === 'archlint' && one.severity === vscode.DiagnosticSeverity.Error);
      if (mistake === undefined) {
        told.delete(uri.toString());
      } else if (told.get(uri.toString()) !== mistake.message) {
        told.set(uri.toString(), mistake.message);
        void tell(uri, mistake);
      }
    }
  });
}

async function tell(uri: vscode.Uri, mistake: vscode.Diagnostic): Promise<void> {
  const isOpen = vscode.window.visibleTextEditors.some((editor) => editor.document.uri.toString() === uri.toString());
  // Who is writing the file sees the mistake underlined.
  if (isOpen) return;
  const name = vscode.workspace.asRelativePath(uri);
  const message = `${name}, line ${mistake.range.start.line + 1}: ${mistake.message}`;
  const choice = await vscode.window.showErrorMessage(message, 'Show the mistake');
  if (choice !== undefined) await vscode.window.showTextDocument(uri, { selection: mistake.range });
}
