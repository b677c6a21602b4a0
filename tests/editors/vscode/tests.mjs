// Plays an author in the real workbench and in the real extension host.
// node tests.mjs INSTALLED VSIX_WITH_BINARY VSIX_WITHOUT BINARY SHOTS [part of a name ...]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryTests } from './binary.mjs';
import { configurationTests } from './configuration.mjs';
import { Documents } from './documents.mjs';
import { findingsTests } from './findings.mjs';
import { hostTests } from './host.mjs';
import { packageTests } from './package.mjs';
import { serve } from './serve.mjs';
import { trustTests } from './trust.mjs';
import { viewTests } from './view.mjs';
import { Workbench } from './workbench.mjs';

const [installed, vsix, vsixWithout, binary, shots, ...only] = process.argv.slice(2);
const { chromium } = createRequire(`${installed}/package.json`)('playwright-core');
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
const isWanted = (name) => only.length === 0 || only.some((part) => name.includes(part));

/** Runs one test of a suite; a failure leaves a screenshot. */
const runner = (suite, bench) => async (name, run) => {
  if (!isWanted(`${suite}: ${name}`)) return;
  try {
    await run();
    report(`${suite}: ${name}`);
  } catch (error) {
    await bench?.shot(`failed-${name.replace(/[^a-z0-9]+/gi, '-')}`).catch(() => undefined);
    await bench?.recover().catch(() => undefined);
    report(`${suite}: ${name}`, error);
  }
};

let copies = 0;
const documents = () => new Documents(join(work, `documents-${++copies}`), binary);
const state = () => mkdtempSync(join(work, 'state-'));

/** A suite that begins with the workbench of a fresh folder, on a server that is as it says. */
const inWorkbench = (run) => async (suite) => {
  const copy = documents();
  const server = await serve(installed, state(), { vsix, ...run.begins?.({ documents: copy, vsixWithout, work }) });
  const bench = await Workbench.open(browser, server.base, copy.folder, shots);
  try {
    await run({ bench, server, documents: copy, work, binary, test: runner(suite, bench) });
  } finally {
    await bench.page.close();
    server.stop();
  }
};

const suites = {
  package: (suite) => packageTests({ vsix, vsixWithout, work, test: runner(suite) }),
  host: (suite) => hostTests({ installed, vsix, binary, browser, shots, work, documents, state, report: (name, error) => report(`${suite}: ${name}`, error) }),
  findings: inWorkbench(findingsTests),
  view: inWorkbench(viewTests),
  configuration: inWorkbench(configurationTests),
  binary: inWorkbench(binaryTests),
  trust: inWorkbench(trustTests),
};
try {
  for (const [suite, run] of Object.entries(suites)) {
    // A part of a name may begin with the suite, and spares the others then.
    if (only.length > 0 && !only.some((part) => part.startsWith(suite) || !Object.keys(suites).some((other) => part.startsWith(other)))) continue;
    await run(suite).catch((error) => report(`${suite}: begins`, error));
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
