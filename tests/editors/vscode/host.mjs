// Runs host/index.js inside the real extension host, with the whole `vscode` API.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from './serve.mjs';

export async function hostTests({ installed, vsix, binary, browser, shots, work, documents, state, report }) {
  const result = join(work, 'host.json');
  const { folder } = documents();
  const server = await serve(installed, state(), {
    vsix, environment: { ARCHLINT_TEST_RESULT: result, ARCHLINT_TEST_BINARY: binary },
  });
  const page = await browser.newPage();
  try {
    const here = `vscode-remote://${new URL(server.base).host}${import.meta.dirname}`;
    const payload = [['extensionDevelopmentPath', `${here}/driver`], ['extensionTestsPath', `${here}/host/index.js`]];
    await page.goto(`${server.base}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    for (const end = Date.now() + 180_000; !existsSync(result);) {
      if (Date.now() > end) throw new Error('the tests in the extension host did not end');
      await page.waitForTimeout(50);
    }
    for (const { name, error } of JSON.parse(readFileSync(result, 'utf8'))) report(name, error);
  } catch (error) {
    await page.screenshot({ path: join(shots, 'failed-host.png') }).catch(() => undefined);
    report('runs', error);
  } finally {
    await page.close();
    server.stop();
  }
}
