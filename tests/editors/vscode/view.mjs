// The view "Architecture review", the pages that it leads to, and the walkthrough.
import assert from 'node:assert/strict';

const NAME = 'docs/booking.md';
// Questions of the fixtures' own pack, whose states are sure.
const ANSWERED = 'Running costs';
const TOUCHED = 'Support hours';
const OPEN = 'Licences';

export async function viewTests({ bench, documents, test }) {
  const { page } = bench;

  await test('the view shows groups and questions with their states and icons, the status bar their count', async () => {
    await bench.openFile('booking.md');
    await bench.showView();
    const states = await bench.agrees(documents.checklist(NAME));
    for (const state of ['answered', 'touched', 'open']) assert.ok(states.includes(state), `${state} is not among ${states}`);
    await bench.titleAgrees(documents.checklist(NAME));
    await bench.shot('view');
  });

  await test('evidence is one click away', async () => {
    await bench.row(ANSWERED).click();
    const passage = page.locator('.sidebar .monaco-list-row[aria-level="3"]', { hasText: 'It costs 310 euros' });
    await passage.click();
    await bench.cursorOn(documents.lineOf(NAME, 'It costs 310 euros'));
    await bench.shot('evidence');
    await bench.row(ANSWERED).click();
    await passage.waitFor({ state: 'detached' });
  });

  await test('a waiver needs a reason', async () => {
    assert.deepEqual(await bench.contextMenu(bench.row(OPEN)), ['Insert section', 'Waive with a reason…', 'Explain']);
    await bench.shot('context-menu');
    await page.keyboard.press('Escape');
    await bench.contextMenu(bench.row(OPEN), 'Waive with a reason…');
    const input = page.locator('.quick-input-widget:has-text("Waive “Licences”") input:visible');
    await input.waitFor();
    for (const nothing of ['', '   ']) {
      await input.fill(nothing);
      await bench.insist(
        () => page.keyboard.press('Enter'),
        (timeout) => page.waitForSelector('.quick-input-message:has-text("A waiver needs a reason.")', { timeout }),
      );
    }
    await bench.shot('reason-needed');
    await input.fill('The legal team keeps the list --> see there');
    await page.waitForSelector('.quick-input-message:has-text("The reason is written into the document.")');
    await page.keyboard.press('Enter');
    await bench.stateOf(OPEN, 'waived');
    await bench.save();
    assert.match(documents.read(NAME), /<!-- archlint: waive house\/licence: The legal team keeps the list -→ see there -->/);
    const states = await bench.agrees(documents.checklist(NAME));
    assert.ok(states.includes('waived'), String(states));
    await bench.row(OPEN).click();
    await page.waitForSelector('.sidebar .monaco-list-row[aria-level="3"]:has-text("The legal team keeps the list")');
    await bench.shot('waived');
    await bench.row(OPEN).click();
    await documents.restore(bench, NAME);
  });

  await test('a section is inserted from the context menu, with the cursor on what is to be filled in', async () => {
    await bench.contextMenu(bench.row(OPEN), 'Insert section');
    await bench.shows(/## Licences/);
    await page.waitForSelector('.statusbar-item:has-text("selected)")');
    await page.keyboard.type('PostgreSQL, under its own licence');
    await bench.save();
    await bench.agrees(documents.checklist(NAME));
    await bench.shot('inserted-from-view');
    assert.match(documents.read(NAME), /\n\n## Licences\n\n- Built on: PostgreSQL, under its own licence\n- Checked by: <who>\n/);
    await documents.restore(bench, NAME);
  });

  await test('the checklist opens, follows the document, and its links lead to the lines', async () => {
    const checklist = documents.checklist(NAME);
    const asked = checklist.questions.filter((question) => question.asked);
    await bench.command('archlint: Show review checklist');
    const frame = bench.webview();
    await frame.locator('h1:has-text("booking.md")').waitFor();
    assert.match(await frame.locator('.count').innerText(), new RegExp(`^\\d+ of ${asked.length} asked questions answered`));
    const stateOf = (question) => (question.status === 'absent' ? 'open' : question.status);
    assert.deepEqual(
      (await frame.locator('section li').evaluateAll((items) => items.map((item) => `${item.dataset.question} ${item.className}`))).sort(),
      asked.map((question) => `${question.id} ${stateOf(question)}`).sort(),
    );
    await bench.shot('checklist');
    await frame.locator('li[data-question="house/cost"] a').first().click();
    await bench.cursorOn(documents.lineOf(NAME, 'It costs 310 euros'));
    await bench.quickInput('F1', '>archlint: Waive with a reason', 'archlint: Waive with a reason');
    await page.locator('.quick-input-widget:has-text("Which question does not apply?") input:visible').fill(OPEN);
    await page.waitForSelector(`.quick-input-list .monaco-list-row.focused:has-text("${OPEN}")`);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget:has-text("Waive “Licences”") input:visible').fill('None but our own');
    await page.waitForSelector('.quick-input-message:has-text("The reason is written into the document.")');
    await page.keyboard.press('Enter');
    await frame.locator('li.waived[data-question="house/licence"]:has-text("None but our own")').waitFor();
    await documents.restore(bench, NAME);
    await frame.locator('li.open[data-question="house/licence"]').waitFor();
    await bench.command('View: Close All Editors');
  });

  await test('a document cannot put anything into the checklist but text', async () => {
    const hostile = '<script>parent.x = 1</script><img src=x onerror="document.title=1">';
    documents.write('docs/hostile.md', documents.read(NAME).replace('It costs 310 euros', `It costs ${hostile} 310 euros`));
    await bench.openFile('hostile.md');
    await bench.command('archlint: Show review checklist');
    const frame = bench.webview();
    await frame.locator('li[data-question="house/cost"] blockquote:has-text("<script>parent.x = 1</script>")').waitFor();
    assert.equal(await frame.locator('img, section script').count(), 0);
    await bench.command('View: Close All Editors');
  });

  await test('a question is explained on a page, with the way to what the document says', async () => {
    await bench.openFile('booking.md');
    await bench.agrees(documents.checklist(NAME));
    await bench.contextMenu(bench.row(TOUCHED), 'Explain');
    const frame = bench.webview();
    await frame.locator('main:has-text("it gives the hours and names the team")').waitFor();
    await bench.shot('explanation');
    const line = documents.lineOf(NAME, 'It costs 310 euros');
    await frame.locator(`a:has-text("line ${line}")`).click();
    await bench.cursorOn(line);
    await bench.command('View: Close All Editors');
  });

  await test('without a document, the view says what to do', async () => {
    await page.waitForSelector('.sidebar .welcome-view:has-text("Open an architecture document")');
    await bench.shot('nothing-open');
  });

  await test('the walkthrough opens, with its pictures', async () => {
    await page.locator('.sidebar .welcome-view .monaco-button:has-text("How this works")').click();
    await page.waitForSelector('.getting-started-step');
    const titles = await page.locator('.getting-started-step .step-title').allInnerTexts();
    assert.deepEqual(titles.map((title) => title.trim()), [
      'Open a design document or a decision record', 'See what it answers', 'Close a gap',
      'Take the checklist to the review', 'Fit it to your house',
    ]);
    await page.waitForFunction(() => [...document.querySelectorAll('.getting-started-media img')].some((image) => image.naturalWidth > 0));
    await bench.shot('walkthrough');
    await bench.command('View: Close All Editors');
  });
}
