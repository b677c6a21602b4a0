// Which program is run, and what people are told when it is missing, too old or another one.
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export async function binaryTests({ bench, server, documents, work, binary, test }) {
  const { page } = bench;
  const program = (name, text) => {
    const file = join(work, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const isReviewing = () => bench.agrees(documents.checklist('docs/booking.md'));

  await test('a program that is not there is named, with the way to the setting', async () => {
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
    await bench.shot('setting');
    await bench.command('View: Close All Editors');
    await bench.quiet();
  });

  await test('an old program is told with both versions', async () => {
    await bench.openFile('booking.md');
    server.setMachine({ 'archlint.path': program('old-archlint', 'echo archlint 0.0.9') });
    const told = bench.notification('this extension needs');
    await told.waitFor();
    assert.match(await told.innerText(), /archlint 0\.0\.9; this extension needs 0\.1\.0 or newer/);
    await bench.shot('binary-old');
    await bench.quiet();
  });

  await test('another program is not started', async () => {
    const mark = join(work, 'started');
    server.setMachine({ 'archlint.path': program('other', `[ "$1" = lsp ] && touch ${mark}; echo something else 3.0`) });
    const told = bench.notification('is not archlint');
    await told.waitFor();
    assert.match(await told.innerText(), /something else 3\.0/);
    assert.ok(!existsSync(mark));
    await bench.quiet();
  });

  await test('it starts as soon as the setting is mended', async () => {
    server.setMachine({ 'archlint.path': binary });
    await isReviewing();
  });

  await test('without a program anywhere, what to do is said; one on the path is found', async () => {
    server.setMachine({});
    const told = bench.notification('was not found');
    await told.waitFor();
    assert.match(await told.innerText(), /Install it, or name it in the setting archlint\.path/);
    await bench.quiet();
    copyFileSync(binary, join(binaryTests.pathFolder(work), 'archlint'));
    await page.locator('.sidebar .welcome-view .monaco-button:has-text("Try again")').click();
    await isReviewing();
  });
}

/** A folder on the path of the extension host, empty at first. */
binaryTests.pathFolder = (work) => join(work, 'on-the-path');

/** The package without a program, and a setting that names nothing. */
binaryTests.begins = ({ vsixWithout, work }) => {
  mkdirSync(binaryTests.pathFolder(work));
  const others = process.env.PATH.split(':').filter((folder) => !existsSync(join(folder, 'archlint')));
  return {
    vsix: vsixWithout, machine: { 'archlint.path': join(work, 'nowhere/archlint') },
    environment: { PATH: [...others, binaryTests.pathFolder(work)].join(':') },
  };
};
