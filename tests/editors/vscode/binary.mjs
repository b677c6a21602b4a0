// What people are told when the program is missing, too old or another one.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workbench } from './workbench.mjs';

export async function binaryTests({ installed, vsix, browser, shots, work, documents, state, serve, test }) {
  const folder = documents();
  const program = (name, text) => {
    const file = join(work, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const server = await serve(installed, state(), { vsix, machine: { 'archlint.path': join(work, 'nowhere/archlint') } });
  const bench = await Workbench.open(browser, server.base, folder, shots);
  const { page } = bench;
  const run = (name, body) => test(name, body, bench);
  try {
    await run('a program that is not there is named, with the way to the setting', async () => {
      await bench.openFile('booking.md');
      const told = bench.notification('there is no program there');
      await told.waitFor();
      assert.match(await told.innerText(), /archlint\.path/);
      await bench.showView();
      await page.waitForSelector('.sidebar .welcome-view:has-text("archlint could not be started")');
      await page.waitForSelector('.statusbar-item.warning-kind:has-text("archlint")');
      await bench.shot('binary-missing');
      await told.locator('.monaco-button:has-text("Open the setting")').click();
      await page.waitForSelector('.settings-editor');
      await page.waitForSelector('.settings-editor :text("The archlint program to run")');
      await bench.shot('settings');
      await bench.command('View: Close All Editors');
      await bench.quiet();
    });

    await run('an old program is told with both versions', async () => {
      await bench.openFile('booking.md');
      server.setMachine({ 'archlint.path': program('old-archlint', 'echo archlint 0.0.9') });
      const told = bench.notification('this extension needs');
      await told.waitFor();
      assert.match(await told.innerText(), /archlint 0\.0\.9; this extension needs 0\.1\.0 or newer/);
      await bench.shot('binary-old');
      await bench.quiet();
    });

    await run('another program is not started', async () => {
      const mark = join(work, 'started');
      server.setMachine({ 'archlint.path': program('other', `[ "$1" = lsp ] && touch ${mark}; echo something else 3.0`) });
      const told = bench.notification('is not archlint');
      await told.waitFor();
      assert.match(await told.innerText(), /something else 3\.0/);
      await bench.quiet();
    });

    await run('it starts as soon as the setting is mended', async () => {
      server.setMachine({});
      await page.waitForSelector('.statusbar-item:has-text("answered")');
      await page.waitForSelector('.sidebar .monaco-list-row:has-text("touched")');
    });
  } finally {
    await page.close();
    server.stop();
  }
}
