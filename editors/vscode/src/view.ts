// The view "Architecture review": groups, their questions, and under each question its passages.

import * as vscode from 'vscode';
import {
  countsOf,
  groupsOf,
  inWords,
  isUnsettled,
  linesOf,
  raising,
  settled,
  stateOf,
  type Group,
  type Passage,
  type Question,
  type State,
} from './checklist';
import type { ActiveReview, Review } from './review';

/** A line of the view. */
export type Node =
  | { type: 'group'; group: Group }
  | { type: 'unasked'; questions: Question[] }
  | { type: 'question'; question: Question; uri: vscode.Uri }
  | { type: 'passage'; passage: Passage; raises: boolean; uri: vscode.Uri }
  | { type: 'waiver'; reason: string };

const ICONS: Record<State, vscode.ThemeIcon> = {
  answered: new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed')),
  touched: new vscode.ThemeIcon('color-mode', new vscode.ThemeColor('list.warningForeground')),
  open: new vscode.ThemeIcon('circle-large-outline', new vscode.ThemeColor('list.warningForeground')),
  waived: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground')),
};

/** Creates the view and keeps it in step with the active document. */
export function createView(active: ActiveReview): vscode.Disposable {
  const tree = new ReviewTree(active);
  const view = vscode.window.createTreeView('archlint.review', { treeDataProvider: tree, showCollapseAll: true });
  const update = (review: Review) => {
    void vscode.commands.executeCommand('setContext', 'archlint.view', review.state);
    Object.assign(view, headingOf(review));
    tree.refresh();
  };
  update(active.current);
  return vscode.Disposable.from(view, active.onDidChange(update));
}

/** What stands above the questions; the badge is the number of those that need an answer. */
function headingOf(review: Review): { message: string; badge: vscode.ViewBadge | undefined } {
  const nothing = { message: '', badge: undefined };
  if (review.state !== 'reviewed') return nothing;
  const { checklist, document } = review;
  const name = document.uri.path.split('/').pop() ?? '';
  if (checklist.skipped !== null) return { ...nothing, message: `${name} is not reviewed: ${checklist.skipped}.` };
  const counts = countsOf(checklist.questions);
  const unsettled = counts.open + counts.touched;
  return {
    message: `${name}, read as ${checklist.kind}: ${checklist.kind_reason}. Of ${counts.asked} questions: ${inWords(counts)}.`,
    badge: unsettled > 0 ? { value: unsettled, tooltip: `${unsettled} questions without an answer` } : undefined,
  };
}

class ReviewTree implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly active: ActiveReview) {}

  refresh(): void {
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    const review = this.active.current;
    if (review.state !== 'reviewed' || review.checklist.skipped !== null) return [];
    const uri = review.document.uri;
    const { questions } = review.checklist;
    const asQuestion = (question: Question): Node => ({ type: 'question', question, uri });
    if (node === undefined) {
      const unasked = questions.filter((question) => !question.asked);
      return [
        ...groupsOf(questions).map((group): Node => ({ type: 'group', group })),
        ...(unasked.length > 0 ? [{ type: 'unasked', questions: unasked } as const] : []),
      ];
    }
    switch (node.type) {
      case 'group':
        return node.group.questions.map(asQuestion);
      case 'unasked':
        return node.questions.map(asQuestion);
      case 'question':
        return passagesOf(node.question, uri);
      default:
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.type) {
      case 'group':
        return groupItem(node.group);
      case 'unasked':
        return unaskedItem(node.questions);
      case 'question':
        return questionItem(node.question);
      case 'passage':
        return passageItem(node.passage, node.raises, node.uri);
      case 'waiver':
        return waiverItem(node.reason);
    }
  }
}

function passagesOf(question: Question, uri: vscode.Uri): Node[] {
  const evidence = question.evidence.map((passage): Node => ({ type: 'passage', passage, raises: false, uri }));
  const raised = raising(question).map((passage): Node => ({ type: 'passage', passage, raises: true, uri }));
  const waiver: Node[] = question.waiver === null ? [] : [{ type: 'waiver', reason: question.waiver }];
  return [...waiver, ...evidence, ...raised];
}

function groupItem(group: Group): vscode.TreeItem {
  const counts = countsOf(group.questions);
  const item = new vscode.TreeItem(
    group.title,
    settled(counts) < counts.asked ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = `group:${group.title}`;
  item.description = `${settled(counts)}/${counts.asked}`;
  item.tooltip = `${group.title}: ${inWords(counts)}`;
  return item;
}

function unaskedItem(questions: Question[]): vscode.TreeItem {
  const item = new vscode.TreeItem('Not asked of this document', vscode.TreeItemCollapsibleState.Collapsed);
  item.id = 'unasked';
  item.description = String(questions.length);
  item.tooltip = 'Questions of the catalogue that nothing in this document raises.';
  return item;
}

function questionItem(question: Question): vscode.TreeItem {
  const state = stateOf(question);
  const title = question.title || question.id;
  const has = question.evidence.length + raising(question).length > 0 || question.waiver !== null;
  const item = new vscode.TreeItem(
    title,
    has ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = `question:${question.id}`;
  // Of a question that is not asked, only an answer is worth a mark.
  const isShown = question.asked || state === 'answered' || state === 'waived';
  item.iconPath = isShown ? ICONS[state] : new vscode.ThemeIcon('dash', new vscode.ThemeColor('disabledForeground'));
  item.description = isShown ? state : '';
  item.accessibilityInformation = { label: `${title}: ${isShown ? state : 'not asked'}` };
  item.tooltip = questionTooltip(question, state);
  item.contextValue = isUnsettled(question) ? 'question insert waive' : 'question';
  return item;
}

function questionTooltip(question: Question, state: State): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendText(question.question);
  text.appendMarkdown('\n\n');
  text.appendText(`${question.asked ? state : 'not asked'} · ${question.id}`);
  return text;
}

function passageItem(passage: Passage, raises: boolean, uri: vscode.Uri): vscode.TreeItem {
  const item = new vscode.TreeItem(`${passage.start_line}: ${passage.quote}`);
  if (raises) item.description = 'raises it';
  item.iconPath = new vscode.ThemeIcon(raises ? 'comment-unresolved' : 'quote');
  item.tooltip = `${raises ? 'Asked because it' : 'It'} ${passage.reason}: ${linesOf(passage)}`;
  item.accessibilityInformation = { label: `${linesOf(passage)}${raises ? ', raises it' : ''}: ${passage.quote}` };
  item.command = {
    command: 'vscode.open',
    title: 'Go to the passage',
    arguments: [uri, { selection: new vscode.Range(passage.start_line - 1, 0, passage.start_line - 1, 0) }],
  };
  return item;
}

function waiverItem(reason: string): vscode.TreeItem {
  const item = new vscode.TreeItem(reason);
  item.description = 'waived';
  item.iconPath = new vscode.ThemeIcon('comment');
  item.tooltip = `Waived: ${reason}`;
  return item;
}
