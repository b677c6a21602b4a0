// What the language server says about one document, and what can be told from it without an editor.

/** A passage of a document. Lines count from 1. */
export interface Passage {
  start_line: number;
  end_line: number;
  quote: string;
  reason: string;
}

/** What a document says to one question. */
export interface Question {
  id: string;
  group: string;
  title: string;
  question: string;
  status: 'absent' | 'touched' | 'answered' | 'waived';
  asked: boolean;
  /** What in the document raises it, the strongest passage first. */
  reasons: Passage[];
  /** The passages that answer or touch it, the strongest first. */
  evidence: Passage[];
  waiver: string | null;
}

/** The answer to `archlint/checklist`: a document of `archlint checklist --format json`. */
export interface Checklist {
  path: string;
  kind: string;
  kind_reason: string;
  /** Why the document is not reviewed; null when it is. */
  skipped: string | null;
  questions: Question[];
}

/** How a question stands, in a reviewer's words. */
export type State = 'open' | 'touched' | 'answered' | 'waived';

/** Asked questions that stand under one heading of the catalogue. */
export interface Group {
  title: string;
  questions: Question[];
}

/** Asked questions by state. */
export interface Counts {
  asked: number;
  answered: number;
  touched: number;
  waived: number;
  open: number;
}

export function stateOf(question: Question): State {
  return question.status === 'absent' ? 'open' : question.status;
}

/** How many need nothing more: a question that is waived is answered by its reason. */
export function settled(counts: Counts): number {
  return counts.answered + counts.waived;
}

/** Whether an author could still do something about it: it is asked, and neither answered nor waived. */
export function isUnsettled(question: Question): boolean {
  return question.asked && (question.status === 'absent' || question.status === 'touched');
}

export function countsOf(questions: readonly Question[]): Counts {
  const counts = { asked: 0, answered: 0, touched: 0, waived: 0, open: 0 };
  for (const question of questions) {
    if (!question.asked) continue;
    counts.asked += 1;
    counts[stateOf(question)] += 1;
  }
  return counts;
}

/** The asked questions by group, in the order in which the groups first appear. */
export function groupsOf(questions: readonly Question[]): Group[] {
  const groups = new Map<string, Question[]>();
  for (const question of questions) {
    if (!question.asked) continue;
    const title = question.group || 'Other questions';
    const group = groups.get(title);
    if (group) group.push(question);
    else groups.set(title, [question]);
  }
  return [...groups].map(([title, questions]) => ({ title, questions }));
}

/** The passages that raise a question and need an answer, without those that are shown as evidence already. */
export function raising(question: Question): Passage[] {
  // What raised a question that is answered helps nobody any more.
  if (!isUnsettled(question)) return [];
  const isShown = (line: number) => question.evidence.some((one) => one.start_line <= line && line <= one.end_line);
  return question.reasons.filter((passage) => !isShown(passage.start_line));
}

/** "line 12" or "lines 12–14". */
export function linesOf(passage: Passage): string {
  return passage.start_line === passage.end_line
    ? `line ${passage.start_line}`
    : `lines ${passage.start_line}–${passage.end_line}`;
}

/** The counts in words, states without a question left out: "2 answered, 1 open". */
export function inWords(counts: Counts): string {
  const states: State[] = ['answered', 'touched', 'open', 'waived'];
  const parts = states.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  return parts.length > 0 ? parts.join(', ') : 'nothing is asked';
}
