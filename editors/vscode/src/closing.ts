// Closing a question from the view or the command palette: a section to write into, or a waiver.
// Where they go in the document is the server's to say: both are its code actions.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { closingEdit } from './actions';
import { isUnsettled, stateOf, type Question } from './checklist';
import type { ActiveReview } from './review';
import { editorEdit, withText } from './snippets';

/** Inserts the section that answers the question, with the cursor in it. */
export async function insertSection(client: LanguageClient, active: ActiveReview, chosen?: Question): Promise<void> {
  const target = await targetOf(active, chosen, 'Which question should the section answer?');
  if (target === undefined) return;
  const { document, question } = target;
  const edit = await closingEdit(client, document, question, 'insert');
  if (edit === undefined) {
    void vscode.window.showInformationMessage(
      `archlint has no section to insert for “${question.title}”: say it where it fits best.`,
    );
    return;
  }
  await vscode.window.showTextDocument(document);
  await vscode.workspace.applyEdit(await editorEdit(client, edit));
}

/** Waives the question in the document, with a reason that is asked for. */
export async function waive(client: LanguageClient, active: ActiveReview, chosen?: Question): Promise<void> {
  const target = await targetOf(active, chosen, 'Which question does not apply?');
  if (target === undefined) return;
  const { document, question } = target;
  const reason = await vscode.window.showInputBox({
    title: `Waive “${question.title}”`,
    prompt: 'Why does it not apply to this document? The reason is written into the document.',
    placeHolder: 'The service keeps no data of its own',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A waiver needs a reason.' : undefined),
  });
  if (reason === undefined || reason.trim() === '') return;
  const edit = await closingEdit(client, document, question, 'waive');
  if (edit === undefined) {
    void vscode.window.showErrorMessage(`archlint offers no waiver for “${question.title}”.`);
    return;
  }
  await vscode.window.showTextDocument(document);
  await vscode.workspace.applyEdit(await editorEdit(client, withText(edit, asReason(reason))));
}

/** A reason on one line that does not end the comment in which it stands. */
function asReason(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replace(/->/g, '→');
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
