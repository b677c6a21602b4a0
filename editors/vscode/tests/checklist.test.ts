import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsOf, groupsOf, inWords, isUnsettled, settled, type Checklist, type Question } from '../src/checklist';
import { checklistPage, escape } from '../src/page';

function question(change: Partial<Question>): Question {
  return {
    id: 'security/secure-design', group: 'Security', title: 'Secure design', question: 'How is it secured?',
    status: 'absent', asked: true, reasons: [], evidence: [], waiver: null, ...change,
  };
}

const QUESTIONS = [
  question({ id: 'a/1', group: 'A', status: 'answered' }),
  question({ id: 'b/1', group: 'B', status: 'touched' }),
  question({ id: 'b/2', group: 'B', status: 'waived', waiver: 'not ours' }),
  question({ id: 'a/2', group: 'A', status: 'absent' }),
  question({ id: 'c/1', group: 'C', status: 'answered', asked: false }),
];

test('only asked questions count, and a waived one is settled', () => {
  const counts = countsOf(QUESTIONS);
  assert.deepEqual(counts, { asked: 4, answered: 1, touched: 1, waived: 1, open: 1 });
  assert.equal(settled(counts), 2);
  assert.equal(inWords(counts), '1 answered, 1 touched, 1 open, 1 waived');
  assert.equal(inWords(countsOf([])), 'nothing is asked');
  assert.deepEqual(QUESTIONS.filter(isUnsettled).map((one) => one.id), ['b/1', 'a/2']);
});

test('groups come in the order of their first question, without those that nothing is asked of', () => {
  assert.deepEqual(
    groupsOf(QUESTIONS).map((group) => [group.title, group.questions.map((one) => one.id)]),
    [['A', ['a/1', 'a/2']], ['B', ['b/1', 'b/2']]],
  );
});

const HOSTILE = `</script><img src=x onerror=alert(1)> "quoted" 'it' &amp;`;

test('nothing of a document is mark-up in the page', () => {
  const passage = { start_line: 3, end_line: 3, quote: HOSTILE, reason: HOSTILE };
  const checklist: Checklist = {
    path: HOSTILE, kind: HOSTILE, kind_reason: HOSTILE, skipped: null,
    questions: [
      question({ id: HOSTILE, group: HOSTILE, title: HOSTILE, question: HOSTILE, reasons: [passage], evidence: [passage] }),
      question({ status: 'waived', waiver: HOSTILE }),
      question({ asked: false, title: HOSTILE }),
    ],
  };
  for (const page of [checklistPage(checklist, 'abc'), checklistPage({ ...checklist, skipped: HOSTILE }, 'abc')]) {
    assert.ok(!page.includes('<img'));
    assert.equal(page.match(/<\/script>/g)?.length, 1);
    assert.ok(page.includes(escape(HOSTILE)));
    assert.match(page, /default-src 'none'; style-src 'nonce-abc'; script-src 'nonce-abc'/);
  }
});
