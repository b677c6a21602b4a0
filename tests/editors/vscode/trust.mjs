// A workspace that is not trusted, and what it tries to make the extension run.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workbench } from './workbench.mjs';

export async function trustTests({ installed, vsix, browser, shots, work, documents, state, serve, test }) {
  const folder = documents();
  const mark = join(work, 'hijacked');
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, 'archlint'), `#!/bin/sh\ntouch ${mark}\necho archlint 9.9.9\n`);
  chmodSync(join(folder, 'archlint'), 0o755);
  writeFileSync(join(folder, 'strict.toml'), 'confidence = 1\n');
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify({
    'archlint.path': join(folder, 'archlint'), 'archlint.config': 'strict.toml',
  }));
  const server = await serve(installed, state(), {
    vsix, trust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'always' },
    environment: { PATH: `.:${process.env.PATH}` },
  });
  const bench = await Workbench.open(browser, server.base, folder, shots);
  const { page } = bench;
  const run = (name, body) => test(name, body, bench);
  try {
    await run('an untrusted workspace is reviewed, and its settings start nothing', async () => {
      await bench.openFile('booking.md').catch(async () => bench.openFile('booking.md'));
      await page.waitForSelector('.statusbar-item:has-text("Restricted Mode")');
      await page.waitForSelector('.statusbar-item:has-text("answered")');
      // Its own configuration file would have raised the bar above every finding.
      await page.waitForSelector('.squiggly-info, .squiggly-warning');
      await bench.shot('untrusted');
      assert.ok(!existsSync(mark), 'a program of the workspace was run');
    });

    await run('a trusted workspace may name a configuration file, and still no program', async () => {
      await bench.command('Workspaces: Manage Workspace Trust');
      await page.locator('.workspace-trust-editor .monaco-button:has-text("Trust")').first().click();
      await page.waitForSelector('.statusbar-item:has-text("Restricted Mode")', { state: 'detached' });
      await bench.openFile('booking.md');
      await page.waitForSelector('.statusbar-item:has-text("answered")');
      await page.waitForSelector('.squiggly-info, .squiggly-warning', { state: 'detached' });
      assert.ok(!existsSync(mark), 'a program of the workspace was run');
    });
  } finally {
    await page.close();
    server.stop();
  }
}
