// A workspace that is not trusted, and what it tries to make the extension run.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export async function trustTests({ bench, documents, work, test }) {
  const { page } = bench;
  const mark = trustTests.mark(work);

  await test('an untrusted workspace is reviewed, and its settings start nothing and name no file', async () => {
    await page.waitForSelector('.statusbar-item:has-text("Restricted Mode")');
    await bench.openFile('booking.md');
    await bench.showView();
    await bench.agrees(documents.checklist('docs/booking.md'));
    await page.waitForSelector('.squiggly-warning');
    assert.equal(await page.locator('.squiggly-error').count(), 0);
    await bench.shot('untrusted');
    assert.ok(!existsSync(mark), 'a program of the workspace was run');
  });

  await test('a trusted workspace may name a configuration file, and still no program', async () => {
    await bench.command('Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor .monaco-button:has-text("Trust")').first().click();
    await page.waitForSelector('.statusbar-item:has-text("Restricted Mode")', { state: 'detached' });
    await bench.openFile('booking.md');
    await bench.goTo(documents.lineOf('docs/booking.md', 'TBD'));
    await page.waitForSelector('.squiggly-error');
    await page.waitForSelector('.sidebar .message:has-text("nothing is asked")');
    await bench.shot('trusted');
    assert.ok(!existsSync(mark), 'a program of the workspace was run');
  });
}

/** The file that a program of the workspace would leave. */
trustTests.mark = (work) => join(work, 'hijacked');

/** A folder with a program and settings that name it, opened where trust is asked for. */
trustTests.begins = ({ documents, work }) => {
  documents.write('archlint', `#!/bin/sh\ntouch ${trustTests.mark(work)}\necho archlint 9.9.9\n`);
  chmodSync(join(documents.folder, 'archlint'), 0o755);
  documents.write('strict.toml', 'packs = ["architecture-rules"]\n\n[rules]\n"*" = "off"\n"house/to-be-done" = "error"\n');
  mkdirSync(join(documents.folder, '.vscode'));
  documents.write('.vscode/settings.json', JSON.stringify({
    'archlint.path': join(documents.folder, 'archlint'), 'archlint.config': 'strict.toml',
  }));
  return {
    trust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'always' },
    environment: { PATH: `.:${process.env.PATH}` },
  };
};
