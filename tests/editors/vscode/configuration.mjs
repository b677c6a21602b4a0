// Mistakes in archlint.toml and in a rule pack are told, and shown in the file.
import assert from 'node:assert/strict';

const PACK = 'architecture-rules/house.toml';

export async function configurationTests({ bench, documents, test }) {
  const { page } = bench;

  await test('a broken archlint.toml is explained', async () => {
    await bench.openFile('booking.md');
    await page.waitForSelector('.squiggly-warning');
    const good = documents.read('archlint.toml');
    documents.write('archlint.toml', `${good}\n[rulez]\n`);
    const told = bench.notification('archlint.toml');
    await told.waitFor();
    assert.match(await told.innerText(), /rulez/);
    await bench.shot('broken-configuration');
    await told.locator('.monaco-button:has-text("Show the mistake")').click();
    await page.waitForSelector('.tab.active[data-resource-name="archlint.toml"]');
    await page.waitForSelector('.squiggly-error');
    await bench.cursorOn(good.split('\n').length + 1);
    await bench.showProblems();
    await bench.problem('rulez');
    await bench.shot('broken-configuration-shown');
    documents.write('archlint.toml', good);
    await page.waitForSelector('.squiggly-error', { state: 'detached' });
    await bench.problem('rulez', false);
    await bench.quiet();
    await bench.command('View: Close All Editors');
  });

  await test('a broken rule pack is explained in its file', async () => {
    await bench.openFile('booking.md');
    const good = documents.read(PACK);
    documents.write(PACK, good.replace('severity = "warning"', 'severity = "loud"'));
    const told = bench.notification('house.toml');
    await told.waitFor();
    await told.locator('.monaco-button:has-text("Show the mistake")').click();
    await page.waitForSelector('.tab.active[data-resource-name="house.toml"]');
    await page.waitForSelector('.squiggly-error');
    await bench.cursorOn(good.split('\n').findIndex((line) => line === 'severity = "warning"') + 1);
    await bench.problem('loud');
    await bench.shot('broken-pack');
    documents.write(PACK, good);
    await page.waitForSelector('.squiggly-error', { state: 'detached' });
    await bench.quiet();
  });
}
