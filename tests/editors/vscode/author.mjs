// An author at a design document: findings, quick fixes, waivers, the view, the checklist.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Workbench } from './workbench.mjs';

export async function authorTests({ installed, vsix, binary, browser, shots, documents, state, serve, test }) {
  const folder = documents();
  const server = await serve(installed, state(), { vsix });
  const bench = await Workbench.open(browser, server.base, folder, shots);
  const { page } = bench;
  const run = (name, body) => test(name, body, bench);
  const onDisk = () => readFileSync(`${folder}/docs/booking.md`, 'utf8');
  const lineOf = (text) => onDisk().split('\n').findIndex((line) => line.startsWith(text)) + 1;
  const checklist = execFileSync(binary, ['checklist', '--format', 'json', 'docs/booking.md'], { cwd: folder });
  const titleOf = (id) => JSON.parse(checklist).documents[0].questions.find((one) => one.id === id).title;
  const security = titleOf('security/secure-design');
  const risks = titleOf('challenges/risks-and-challenges');
  const status = titleOf('practices/architecture-review');
  const reopen = async () => {
    await bench.command('File: Revert File');
    await page.waitForSelector('.statusbar-item:has-text("answered")');
  };
  try {
    await run('findings appear on opening', async () => {
      await bench.openFile('booking.md');
      await page.waitForSelector('.squiggly-info, .squiggly-warning');
      await bench.command('Problems: Focus on Problems View');
      await page.waitForSelector('.markers-panel .monaco-list-row:has-text("archlint")');
      const rows = (await page.locator('.markers-panel .monaco-list-row').allInnerTexts()).join('\n');
      assert.match(rows, /\b[a-z-]+\/[a-z-]+\b/);
      await bench.quiet();
      await bench.shot('problems');
      await bench.command('View: Hide Panel');
    });

    await run('a hover on a finding says the question and what answers it', async () => {
      await bench.goToLine(lineOf('## Security'));
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      await page.locator('.monaco-hover:visible', { hasText: /security[^]*\?/i }).first().waitFor();
      await bench.shot('editor');
      await page.keyboard.press('Escape');
    });

    await run('the status bar has the count', async () => {
      await page.waitForSelector('.statusbar-item:has-text("answered")');
      assert.match(await bench.statusItem().innerText(), /\d+\/\d+ answered/);
    });

    await run('the view shows the states of the questions', async () => {
      await bench.showView();
      await bench.row(security).waitFor();
      await page.locator('.sidebar .monaco-list-row[aria-level="1"]').first().click();
      await page.waitForSelector('.sidebar .monaco-list-row .codicon-pass-filled');
      const states = await page.locator('.sidebar .monaco-list-row .label-description').allInnerTexts();
      assert.ok(states.includes('answered'), states.join(', '));
      assert.ok(states.includes('touched') || states.includes('open'), states.join(', '));
      assert.ok(states.some((text) => /^\d+\/\d+$/.test(text)), states.join(', '));
      await bench.goToLine(1);
      await bench.shot('view');
    });

    await run('a click on the evidence goes to it', async () => {
      await bench.row(security).click();
      const passage = page.locator('.sidebar .monaco-list-row[aria-level="3"]').first();
      await passage.waitFor();
      const [, line] = /^(\d+):/.exec(await passage.innerText());
      await passage.click();
      await page.waitForSelector(`.statusbar-item:has-text("Ln ${line}, Col 1")`);
      await bench.shot('evidence');
      await bench.row(security).click();
    });

    await run('findings change on typing', async () => {
      await bench.goToLine(lineOf('TBD'));
      const before = await bench.statusItem().innerText();
      await page.keyboard.press('Shift+Home');
      await page.keyboard.type(
        'An attacker could read who meets whom. Every call carries a token that the service checks, the trust ' +
          'boundary is the gateway, and the service runs without rights on its host.',
      );
      await page.waitForFunction(
        (text) => document.querySelector('.statusbar-item[id*="archlint.count"]')?.innerText !== text, before,
      );
      await bench.stateOf(security, 'answered');
      await bench.shot('typed');
      await reopen();
      await bench.stateOf(security, 'touched');
    });

    await run('the quick fix inserts the section, and the finding goes once it is written', async () => {
      await bench.row(risks).waitFor();
      await bench.goToLine(lineOf('We considered'));
      await page.keyboard.press('Control+.');
      await page.waitForSelector('.action-widget .monaco-list-row');
      const titles = await page.locator('.action-widget .monaco-list-row').allInnerTexts();
      await bench.shot('quick-fix');
      await pick(page, titles, /insert.*risk/i);
      await page.waitForFunction(() => /## .*Risk/i.test(document.querySelector('.editor-instance .view-lines').innerText.replace(/\u00a0/g, ' ')));
      await bench.shot('inserted');
      const answers = ['The migration may lose bookings that are made while it runs', 'unlikely, one morning of calls',
        'we stop the calendar service for ten minutes and compare the numbers afterwards', 'the queue is new to the team; we try it on one floor first'];
      for (const answer of answers) {
        await page.keyboard.type(answer);
        await page.keyboard.press('Tab');
      }
      await bench.stateOf(risks, 'answered');
      await bench.shot('answered');
      await page.keyboard.press('Escape');
      await reopen();
    });

    await run('a waiver from the view needs a reason', async () => {
      const row = bench.row(status);
      const entries = await bench.contextMenu(row);
      assert.deepEqual(entries, ['Insert section', 'Waive with a reason…']);
      await bench.shot('context-menu');
      await page.keyboard.press('Escape');
      await bench.contextMenu(row, 'Waive with a reason…');
      await page.waitForSelector('.quick-input-widget input:visible');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.quick-input-message:has-text("A waiver needs a reason.")');
      await bench.shot('reason-needed');
      await page.keyboard.type('   ');
      await page.keyboard.press('Enter');
      assert.ok(await page.locator('.quick-input-widget input:visible').isVisible(), 'an empty reason was taken');
      await page.locator('.quick-input-widget input:visible').fill('All designs are reviewed on Thursdays --> see the calendar');
      await page.keyboard.press('Enter');
      await bench.stateOf(status, 'waived');
      await page.keyboard.press('Control+S');
      await page.waitForSelector('.tab.active:not(.dirty)');
      assert.match(onDisk(), /<!-- archlint: waive practices\/architecture-review: All designs are reviewed on Thursdays -→ see the calendar -->/);
      await bench.shot('waived');
      await page.keyboard.press('Control+Z');
      await page.keyboard.press('Control+S');
      await page.waitForSelector('.tab.active:not(.dirty)');
    });

    await run('the view inserts a section', async () => {
      await bench.contextMenu(bench.row(security), 'Insert section');
      await page.waitForSelector('.tab.active.dirty');
      await bench.shot('inserted-from-view');
      await reopen();
    });

    await run('the checklist opens and its links lead to the lines', async () => {
      await bench.command('archlint: Show review checklist');
      const frame = page.frameLocator('iframe.webview').frameLocator('iframe');
      await frame.locator('h1').waitFor();
      assert.match(await frame.locator('h1').innerText(), /booking\.md/);
      assert.match(await frame.locator('.count').innerText(), /\d+ of \d+ asked questions answered/);
      assert.equal(await frame.locator('li.touched[data-question="security/secure-design"]').count(), 1);
      await bench.shot('checklist');
      const link = frame.locator('li[data-question="security/secure-design"] a').first();
      const [, line] = /(\d+)/.exec(await link.innerText());
      await link.click();
      await page.waitForSelector(`.statusbar-item:has-text("Ln ${line}, Col 1")`);
      await bench.command('View: Close All Editors');
    });

    await run('a document cannot put anything into the checklist but text', async () => {
      const name = 'hostile.md';
      writeFileSync(`${folder}/docs/${name}`, onDisk().replace('TBD', '<script>parent.x = 1</script><img src=x onerror="document.title=1"> we trust every token.'));
      await bench.openFile(name);
      await page.waitForSelector(`.sidebar .message:has-text("${name}")`);
      await bench.command('archlint: Show review checklist');
      const frame = page.frameLocator('iframe.webview').frameLocator('iframe');
      await frame.locator('h1:has-text("hostile.md")').waitFor();
      assert.equal(await frame.locator('img, blockquote script').count(), 0);
      await bench.command('View: Close All Editors');
    });

    await run('a broken archlint.toml is explained', async () => {
      await bench.openFile('booking.md');
      const good = readFileSync(`${folder}/archlint.toml`, 'utf8');
      writeFileSync(`${folder}/archlint.toml`, `${good}\n[rulez]\n`);
      const told = bench.notification('archlint.toml');
      await told.waitFor();
      assert.match(await told.innerText(), /rulez/);
      await bench.shot('broken-configuration');
      await told.locator('.monaco-button:has-text("Show the mistake")').click();
      await page.waitForSelector('.tab.active[data-resource-name="archlint.toml"]');
      await page.waitForSelector('.squiggly-error');
      await bench.shot('broken-configuration-shown');
      writeFileSync(`${folder}/archlint.toml`, good);
      await page.waitForSelector('.squiggly-error', { state: 'detached' });
      await bench.command('View: Close All Editors');
    });

    await run('a rule is explained on a page', async () => {
      await bench.openFile('booking.md');
      await bench.goToLine(lineOf('## Security'));
      await page.waitForSelector('.squiggly-info, .squiggly-warning, .squiggly-hint');
      await page.keyboard.press('Control+.');
      await page.waitForSelector('.action-widget .monaco-list-row');
      await pick(page, await page.locator('.action-widget .monaco-list-row').allInnerTexts(), /explain security/i);
      const frame = page.frameLocator('iframe.webview').frameLocator('iframe');
      await frame.locator('body:has-text("security/secure-design")').waitFor();
      await page.waitForTimeout(500);
      await bench.shot('explanation');
      await bench.command('View: Close All Editors');
    });

    await run('the walkthrough opens', async () => {
      await bench.quickInput('F1', '>Welcome: Open Walkthrough', 'Open Walkthrough');
      await page.locator('.quick-input-widget input:visible').fill('Review a design');
      await page.waitForSelector('.quick-input-list .monaco-list-row.focused:has-text("Review a design")');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.getting-started-step');
      await page.waitForTimeout(500);
      await bench.shot('walkthrough');
      await bench.command('View: Close All Editors');
    });
  } finally {
    await page.close();
    server.stop();
  }
}

/** Chooses an entry of the quick-fix menu with the keys: clicks are swallowed by its backdrop. */
async function pick(page, titles, wanted) {
  const focused = page.locator('.action-widget .monaco-list-row.focused');
  for (let i = 0; i < titles.length; i++) {
    if (wanted.test(await focused.innerText())) return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no ${wanted} among ${titles.join('; ')}`);
}
