// What a rule asks, what counts as an answer, and what the document says to it, as a page.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { escape, explanationPage, linksToLines } from './page';
import { goToLine } from './passage';

/** Shows the texts of rules beside the document, one page for all. */
export class Explanations implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private document: vscode.Uri | undefined;

  /** Shows the text of a rule, which is Markdown and may link to lines of `document`. */
  async show(rule: string, document: vscode.Uri, text: string): Promise<void> {
    const body = await render(linksToLines(text));
    this.document = document;
    if (this.panel === undefined) {
      this.panel = vscode.window.createWebviewPanel(
        'archlint.explanation',
        rule,
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [], enableFindWidget: true },
      );
      this.panel.onDidDispose(() => (this.panel = undefined));
      this.panel.webview.onDidReceiveMessage((message: unknown) => void goToLine(this.document, message));
    } else {
      this.panel.reveal(undefined, true);
    }
    this.panel.title = rule;
    this.panel.webview.html = explanationPage(rule, body, randomBytes(16).toString('hex'));
  }

  dispose(): void {
    this.panel?.dispose();
  }
}

/** Markdown as HTML, by the editor's own Markdown extension; as it is written when that is switched off. */
async function render(markdown: string): Promise<string> {
  try {
    return await vscode.commands.executeCommand<string>('markdown.api.render', markdown);
  } catch {
    return `<pre>${escape(markdown)}</pre>`;
  }
}
