// The way from a page to the passage that it speaks of.

import * as vscode from 'vscode';

/** Puts the cursor on the line of the document that a page's message `{ line }` names, from 1. */
export async function goToLine(document: vscode.Uri | undefined, message: unknown): Promise<void> {
  const line = (message as { line?: unknown } | null)?.line;
  if (document === undefined || typeof line !== 'number' || !Number.isInteger(line) || line < 1) return;
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === document.toString());
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(line - 1, 0, line - 1, 0),
  });
}
