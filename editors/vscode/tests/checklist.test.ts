import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsOf, groupsOf, inWords, isUnsettled, raising, settled, type Checklist, type Question } from '../src/checklist';
import { checklistPage, escape, explanationPage, linksToLines } from '../src/page';

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

test('what raises a question is shown while it is open, and no passage twice', () => {
  const on = (line: number, end = line) => ({ start_line: line, end_line: end, quote: '', reason: '' });
  const reasons = [on(2), on(9), on(11)];
  const lines = (change: Partial<Question>) => raising(question({ reasons, ...change })).map((one) => one.start_line);
  assert.deepEqual(lines({}), [2, 9, 11]);
  assert.deepEqual(lines({ status: 'touched', evidence: [on(8, 10)] }), [2, 11]);
  assert.deepEqual(lines({ status: 'answered' }), []);
  assert.deepEqual(lines({ asked: false }), []);
});

test('links to lines stay in the page, others are left alone', () => {
  const text = '- [line 12](file:///home/a%20b/c.md#L12): x\n[rule](https://example.org/file:#L3) [y](file:///c.md)';
  assert.equal(linksToLines(text), '- [line 12](#L12): x\n[rule](https://example.org/file:#L3) [y](file:///c.md)');
  assert.match(explanationPage('a/<b>', '<p>x</p>', 'abc'), /<title>a\/&#60;b&#62;<\/title>[^]*<main><p>x<\/p><\/main>/);
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
