// Run by run.sh.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostileDocuments, HOSTILE_PACK } from './hostile.mjs';
import { tests as reading } from './reading.mjs';
import { tests as safety } from './safety.mjs';
import { tests as trends } from './trends.mjs';

const { ARCHLINT, BROWSER, PICTURES, PLAYWRIGHT, WORK } = process.env;
const { chromium } = (await import(pathToFileURL(PLAYWRIGHT))).default;
const root = join(dirname(new URL(import.meta.url).pathname), '../..');

/** What archlint writes to standard output; it may not fail. */
function archlint(folder, ...args) {
  return execFileSync(ARCHLINT, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** Its exit code, output and errors. */
function run(folder, ...args) {
  return spawnSync(ARCHLINT, args, { cwd: folder, encoding: 'utf8' });
}

function write(path, text) {
  const file = join(WORK, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

for (const [name, text] of hostileDocuments()) write(join('hostile', name), text);
write('hostile/pack.toml', HOSTILE_PACK);
const hostile = join(WORK, 'hostile');
const pages = {
  several: write('several.html', archlint(root, 'checklist', '--format', 'html', 'examples')),
  one: write('one.html', archlint(root, 'checklist', '--format', 'html', 'examples/good')),
  none: write('none.html', archlint(WORK, 'checklist', '--format', 'html', '--quiet', write('empty/notes.md', '# Notes\n\nMilk.\n'))),
  hostile: write('hostile.html', archlint(hostile, 'checklist', '--format', 'html', '--pack', 'pack.toml', 'docs')),
};

mkdirSync(PICTURES, { recursive: true });
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });

/** A page that tells of every request, script, dialogue, error and breach of its policy. */
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const heard = [];
  const address = pathToFileURL(name in pages ? pages[name] : name).href;
  await page.exposeFunction('ran', (what) => heard.push(`a document's script ran: ${what}`));
  await page.exposeFunction('told', (what) => heard.push(what));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => window.told(`policy broken: ${event.violatedDirective} ${event.sample}`));
  });
  page.on('request', (request) => { if (request.url().split('#')[0] !== address) heard.push(`request: ${request.url()}`); });
  page.on('pageerror', (error) => heard.push(`error: ${error}`));
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => { heard.push('dialogue'); dialog.dismiss(); });
  await page.goto(address + (options.hash ?? ''));
  return { page, heard, close: () => context.close() };
}

const picture = (page, name, options = {}) => page.screenshot({ path: join(PICTURES, `${name}.png`), ...options });
const kit = { archlint, assert, open, pages, picture, readFileSync, root, run, write, WORK };

let passed = 0;
let failed = 0;
for (const [name, test] of Object.entries({ ...safety, ...reading, ...trends })) {
  try {
    await test(kit);
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${String(error.stack).replace(/^/gm, '        ')}`);
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
