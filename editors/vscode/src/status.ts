// The count in the status bar.

import * as vscode from 'vscode';
import { countsOf, inWords, settled } from './checklist';
import type { ActiveReview, Review } from './review';

/** Creates the item: "14/19 answered"; what is wrong when there is no server. */
export function createStatus(active: ActiveReview): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('archlint.count', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Architecture review';
  const update = (review: Review) => {
    const shown = contentOf(review);
    if (shown === undefined) return item.hide();
    Object.assign(item, shown);
    item.show();
  };
  update(active.current);
  return vscode.Disposable.from(item, active.onDidChange(update));
}

type Content = Pick<vscode.StatusBarItem, 'text' | 'tooltip' | 'command' | 'backgroundColor'>;

function contentOf(review: Review): Content | undefined {
  if (review.state === 'failed') {
    return {
      text: '$(warning) archlint',
      tooltip: review.why,
      command: 'archlint.showOutput',
      backgroundColor: new vscode.ThemeColor('statusBarItem.warningBackground'),
    };
  }
  if (review.state !== 'reviewed' || review.checklist.skipped !== null) return undefined;
  const counts = countsOf(review.checklist.questions);
  if (counts.asked === 0) return undefined;
  return {
    text: `$(checklist) ${settled(counts)}/${counts.asked} answered`,
    tooltip: `Of ${counts.asked} questions: ${inWords(counts)}. Click for the checklist.`,
    command: 'archlint.showChecklist',
    backgroundColor: undefined,
  };
}
