// Plays an author in the real workbench and in the real extension host.
// node tests.mjs INSTALLED VSIX_WITH_BINARY BINARY SHOTS [part of a name ...]
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authorTests } from './author.mjs';
import { serve } from './serve.mjs';
import { trustTests } from './trust.mjs';
import { binaryTests } from './binary.mjs';

const [installed, vsix, binary, shots, ...only] = process.argv.slice(2);
const { chromium } = createRequire(`${installed}/package.json`)('playwright-core');
const here = import.meta.dirname;
const work = mkdtempSync(join(tmpdir(), 'archlint-vscode-'));
mkdirSync(shots, { recursive: true });

const chrome = ['chromium', 'chromium-browser', 'google-chrome']
  .map((name) => { try { return execFileSync('which', [name], { encoding: 'utf8' }).trim(); } catch { return ''; } })
  .find(Boolean);
const browser = await chromium.launch({
  executablePath: chrome, headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-features=LocalNetworkAccessChecks'],
});

let passed = 0;
let failed = 0;
const report = (name, error) => {
  if (error === undefined) { passed += 1; console.log(`ok    ${name}`); }
  else { failed += 1; console.log(`FAIL  ${name}\n      ${String(error.stack ?? error).replace(/\x1b\[\d+m/g, '').replace(/\n/g, '\n      ')}`); }
};

/** A fresh copy of the documents. */
let copies = 0;
const documents = () => {
  const folder = join(work, `documents-${++copies}`);
  cpSync(join(here, 'fixtures'), folder, { recursive: true });
  return folder;
};
const state = () => mkdtempSync(join(work, 'state-'));

/** Runs the parts of a suite one after the other; a failure leaves a screenshot. */
const runner = (suite) => async (name, run, bench) => {
  if (only.length > 0 && !only.some((part) => `${suite}: ${name}`.includes(part))) return;
  try {
    await run();
    report(`${suite}: ${name}`);
  } catch (error) {
    await bench?.shot(`failed-${name.replace(/[^a-z0-9]+/gi, '-')}`).catch(() => undefined);
    await bench?.recover().catch(() => undefined);
    report(`${suite}: ${name}`, error);
  }
};

async function hostTests() {
  const result = join(work, 'host.json');
  const folder = documents();
  const server = await serve(installed, state(), {
    vsix, environment: { ARCHLINT_TEST_RESULT: result, ARCHLINT_TEST_BINARY: binary },
  });
  const page = await browser.newPage();
  try {
    const remote = `vscode-remote://${new URL(server.base).host}`;
    const payload = [
      ['extensionDevelopmentPath', `${remote}${here}/driver`],
      ['extensionTestsPath', `${remote}${here}/host/index.js`],
    ];
    await page.goto(`${server.base}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    for (const end = Date.now() + 300_000; !existsSync(result);) {
      if (Date.now() > end) throw new Error('the tests in the extension host did not end');
      await page.waitForTimeout(100);
    }
    for (const { name, error } of JSON.parse(readFileSync(result, 'utf8'))) report(`host: ${name}`, error);
  } catch (error) {
    await page.screenshot({ path: join(shots, 'failed-host.png') }).catch(() => undefined);
    report('host: runs', error);
  } finally {
    await page.close();
    server.stop();
  }
}

const tools = { installed, vsix, binary, browser, shots, work, documents, state, serve };
const wanted = (suite) => only.length === 0 || only.some((part) => part.startsWith(suite));
try {
  if (wanted('host')) await hostTests();
  if (wanted('author')) await authorTests({ ...tools, test: runner('author') });
  if (wanted('binary')) await binaryTests({ ...tools, test: runner('binary') });
  if (wanted('trust')) await trustTests({ ...tools, test: runner('trust') });
} catch (error) {
  report('the tests run to their end', error);
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
