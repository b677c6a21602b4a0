// The page with the rendered checklist, beside the document that it is of.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { checklistPage } from './page';
import { goToLine } from './passage';
import type { ActiveReview, Review } from './review';

/** Shows the checklist of the active document, one page for all, and keeps it up to date. */
export class ChecklistPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private document: vscode.TextDocument | undefined;
  private shown = '';
  private readonly subscription: vscode.Disposable;

  constructor(private readonly active: ActiveReview) {
    this.subscription = active.onDidChange((review) => this.update(review));
  }

  /** Opens the page, or brings it to the front. */
  open(): void {
    const review = this.active.current;
    if (review.state !== 'reviewed') {
      void vscode.window.showInformationMessage(reasonNotToShow(review));
      return;
    }
    if (this.panel === undefined) {
      this.panel = vscode.window.createWebviewPanel(
        'archlint.checklist',
        'Review checklist',
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [], enableFindWidget: true },
      );
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.shown = '';
      });
      this.panel.webview.onDidReceiveMessage((message: unknown) => void goToLine(this.document?.uri, message));
    } else {
      this.panel.reveal(undefined, true);
    }
    this.update(review);
  }

  dispose(): void {
    this.subscription.dispose();
    this.panel?.dispose();
  }

  private update(review: Review): void {
    if (this.panel === undefined || review.state !== 'reviewed') return;
    this.document = review.document;
    // A new page loses the place that a reader has scrolled to: only for something new to read.
    const content = JSON.stringify(review.checklist);
    if (content === this.shown) return;
    this.shown = content;
    this.panel.title = `Review of ${review.document.uri.path.split('/').pop() ?? 'the document'}`;
    this.panel.webview.html = checklistPage(review.checklist, randomBytes(16).toString('hex'));
  }
}

function reasonNotToShow(review: Review): string {
  switch (review.state) {
    case 'waiting':
      return 'archlint is still reading the document; try again in a moment.';
    case 'failed':
      return `archlint is not running: ${review.why}`;
    default:
      return 'There is no checklist: the active editor shows no Markdown document that archlint reviews.';
  }
}
