// The review of the document that the author is in: one value that view, status bar and page show.

import * as vscode from 'vscode';
import type { Checklist } from './checklist';

/** What is known of the active document. */
export type Review =
  | { state: 'none' }
  | { state: 'failed'; why: string }
  | { state: 'waiting'; document: vscode.TextDocument }
  | { state: 'reviewed'; document: vscode.TextDocument; checklist: Checklist };

/** Asks the server for a document's checklist; undefined when there is no server that could be asked. */
export type Ask = (uri: vscode.Uri) => Promise<Checklist | null | undefined>;

/** Milliseconds without a change before the server is asked: typing is not interrupted by a view. */
const REST = 250;

/** Follows the active document. */
export class ActiveReview implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Review>();
  /** Fires when there is something new to show. */
  readonly onDidChange = this.changed.event;

  private review: Review = { state: 'none' };
  private document: vscode.TextDocument | undefined;
  private failure: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private asked = 0;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly ask: Ask) {
    this.subscriptions = [
      this.changed,
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.refreshIf(document.uri)),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.forEach((uri) => this.refreshIf(uri))),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.document) this.follow(vscode.window.activeTextEditor, true);
      }),
    ];
    this.follow(vscode.window.activeTextEditor, true);
  }

  get current(): Review {
    return this.review;
  }

  /** Shows that no server runs, and why; undefined when one runs again. */
  setFailure(why: string | undefined): void {
    this.failure = why;
    if (why === undefined && this.review.state === 'failed' && this.document !== undefined) {
      this.show({ state: 'waiting', document: this.document });
    }
    this.refresh(0);
  }

  /** Asks again, after `delay` milliseconds without another call. */
  refresh(delay = REST): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), delay);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  private follow(editor: vscode.TextEditor | undefined, force = false): void {
    // Panels and web views are no other document: what the author is in stays shown.
    const isDocument = editor && ['file', 'untitled'].includes(editor.document.uri.scheme);
    if (!isDocument && !force) return;
    const document = isDocument && editor.document.languageId === 'markdown' ? editor.document : undefined;
    if (document === this.document && !force) return;
    this.document = document;
    if (this.failure === undefined) this.show(document ? { state: 'waiting', document } : { state: 'none' });
    this.refresh(0);
  }

  private refreshIf(uri: vscode.Uri): void {
    if (this.document?.uri.toString() === uri.toString()) this.refresh();
  }

  private async load(): Promise<void> {
    const ticket = ++this.asked;
    const document = this.document;
    if (this.failure !== undefined) return this.show({ state: 'failed', why: this.failure });
    if (document === undefined) return this.show({ state: 'none' });
    let checklist;
    try {
      checklist = await this.ask(document.uri);
    } catch {
      // Cancelled, or the server went away: its restart asks again.
      return;
    }
    if (ticket !== this.asked || checklist === undefined) return;
    // The same again would take the view's lines away under the mouse.
    const { review } = this;
    if (checklist !== null && review.state === 'reviewed' && review.document === document) {
      if (JSON.stringify(review.checklist) === JSON.stringify(checklist)) return;
    }
    this.show(checklist ? { state: 'reviewed', document, checklist } : { state: 'none' });
  }

  private show(review: Review): void {
    this.review = review;
    this.changed.fire(review);
  }
}
