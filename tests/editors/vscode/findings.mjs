// An author at a design document: findings while typing, and the quick fixes that close them.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'docs/booking.md';
const RUNBOOK = 'has no runbook';

export async function findingsTests({ bench, documents, test }) {
  const { page } = bench;

  await test('findings appear on opening', async () => {
    await bench.openFile('booking.md');
    await page.waitForSelector('.squiggly-warning');
    await bench.showProblems();
    await bench.problem(RUNBOOK);
    await bench.problem('house/runbook');
    await bench.shot('problems');
  });

  await test('a hover on a finding says what is wrong and what to do', async () => {
    await bench.goTo(1, 3);
    await showHover(bench, RUNBOOK);
    assert.match(await page.locator('.monaco-hover:visible').first().innerText(), /Say who is called when it stops working/);
    await page.keyboard.press('Escape');
    await bench.command('View: Hide Panel');
    await bench.goTo(documents.lineOf(NAME, '## Security'), 5);
    // The editor shows the finding first, and what the server says of it behind it.
    await showHover(bench, /Security considerations|What counts as an answer/);
    await bench.shot('editor');
    await page.keyboard.press('Escape');
  });

  await test('findings change on typing, and the count with them', async () => {
    await bench.showView();
    await bench.agrees(documents.checklist(NAME));
    await bench.showProblems();
    await bench.problem('is left to be done');
    await bench.goTo(documents.lineOf(NAME, 'TBD'));
    await page.keyboard.press('Shift+Home');
    await page.keyboard.type(
      'An attacker could read who meets whom. Every call carries a token that the service checks, the trust ' +
        'boundary is the gateway, and the service runs without rights on its host.',
    );
    await bench.problem('is left to be done', false);
    await bench.save();
    await bench.agrees(documents.checklist(NAME));
    await bench.shot('typed');
    await documents.restore(bench, NAME);
    await bench.problem('is left to be done');
  });

  await test('findings stay on the screen while somebody types', async () => {
    await bench.goTo(documents.lineOf(NAME, 'Two people book'));
    await page.evaluate(() => {
      const count = () => document.querySelector('.statusbar-item[id*="status.problems"]')?.innerText.trim().split(/\s+/)[1];
      const before = count();
      window.watched = { before, less: 0, timer: setInterval(() => (window.watched.less += count() === before ? 0 : 1), 2) };
    });
    await page.keyboard.type(' Rooms are booked by people who meet in them, and by people who do not.', { delay: 15 });
    await bench.save();
    await bench.agrees(documents.checklist(NAME));
    const { before, less } = await page.evaluate(() => (clearInterval(window.watched.timer), window.watched));
    assert.ok(Number(before) >= 2, before);
    assert.equal(less, 0);
    await documents.restore(bench, NAME);
  });

  await test('the quick fix inserts the section, and the finding goes', async () => {
    await bench.problem(RUNBOOK);
    await bench.titleAgrees(documents.checklist(NAME));
    await bench.quickFixes('Insert section “Runbook”');
    await bench.shot('quick-fix');
    await bench.takeFix(/Insert section “Runbook”/);
    await bench.shows(/## Runbook/);
    await bench.problem(RUNBOOK, false);
    await bench.shot('inserted');
    for (const answer of ['The building team, on its telephone', 'The queue of the door displays; they switch the displays off']) {
      await page.keyboard.type(answer);
      await page.keyboard.press('Tab');
    }
    await bench.save();
    assert.match(documents.read(NAME), /\n\n## Runbook\n\n- Who is called: The building team, on its telephone\n- First steps: The queue of the door displays; they switch the displays off\n/);
    await bench.shot('written');
    await documents.restore(bench, NAME);
    await bench.problem(RUNBOOK);
  });

  await test('the waiver of a quick fix needs a reason', async () => {
    await bench.goTo(1, 3);
    await bench.quickFixes('Waive house/runbook in this document');
    await bench.takeFix(/Waive house\/runbook in this document/);
    await bench.shows(/<!-- archlint: waive house\/runbook:/);
    await bench.problem(RUNBOOK);
    await bench.problem('waiver/no-reason');
    await bench.shot('waiver-without-reason');
    await page.keyboard.type('The building team keeps one for all its services');
    await bench.problem('waiver/no-reason', false);
    await bench.problem(RUNBOOK, false);
    await bench.save();
    assert.match(documents.read(NAME), /<!-- archlint: waive house\/runbook: The building team keeps one for all its services -->/);
    await bench.shot('waiver-with-reason');
    await documents.restore(bench, NAME);
    await bench.problem(RUNBOOK);
  });
}

/** Without other documents, its findings are the first in the list of problems. */
findingsTests.begins = ({ documents }) => {
  rmSync(join(documents.folder, 'docs/adr'), { recursive: true });
  return {};
};

async function showHover(bench, text) {
  await bench.insist(
    async () => {
      await bench.page.keyboard.press('Escape');
      await bench.page.keyboard.press('Control+K');
      await bench.page.keyboard.press('Control+I');
    },
    (timeout) => bench.page.locator('.monaco-hover:visible', { hasText: text }).first().waitFor({ timeout }),
  );
}
