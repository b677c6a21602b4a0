// Runs inside the real extension host, with the whole `vscode` API, against the installed extension.
// What it says is held against the command: the same document, the same findings. What is said of a
// text by rules that may come to be wiser is not repeated here: the fixtures have rules of their own.
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const { ARCHLINT_TEST_RESULT: RESULT, ARCHLINT_TEST_BINARY: BINARY } = process.env;
const BOOKING = 'docs/booking.md';
const tests = [];
const test = (name, run) => tests.push({ name, run });

async function until(what, probe, limit = 20_000) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const root = () => vscode.workspace.workspaceFolders[0].uri;
const file = (name) => vscode.Uri.joinPath(root(), name);
const findingsOf = (uri) => vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'archlint');
const ruleOf = (one) => (typeof one.code === 'object' ? one.code.value : one.code);
const rulesOf = (uri) => findingsOf(uri).map(ruleOf);
const findingOf = (uri, rule) => until(rule, () => findingsOf(uri).find((one) => ruleOf(one) === rule));
const run = (...command) => vscode.commands.executeCommand(...command);

async function open(name) {
  const document = await vscode.workspace.openTextDocument(file(name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** The name of a record in a folder of its own: records of one folder are held against each other. */
function recordIn(folder, name) {
  fs.mkdirSync(file(folder).fsPath, { recursive: true });
  return `${folder}/${name}`;
}

/** Takes back what was written, and waits for the findings of what is on the disk. */
async function revert(document, name) {
  await vscode.window.showTextDocument(document);
  await run('workbench.action.files.revert');
  await agree(document, name);
}

async function replaceAll(document, text) {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** What the command reports of a text: "line rule", sorted. */
function command(name, text, ...more) {
  const args = ['check', '--format', 'json', '--fail-on', 'never', '--stdin-path', file(name).fsPath, ...more, '-'];
  const output = execFileSync(BINARY, args, { input: text, cwd: root().fsPath, encoding: 'utf8' });
  return JSON.parse(output).findings.map((one) => `${one.range.start.line} ${one.rule}`).sort();
}

/** Waits until the editor has the findings that the command has; returns them. */
async function agree(document, name, ...more) {
  const expected = command(name, document.getText(), ...more);
  const shown = () => findingsOf(document.uri).map((one) => `${one.range.start.line + 1} ${ruleOf(one)}`).sort();
  await until(`the findings ${JSON.stringify(expected)}`, () => JSON.stringify(shown()) === JSON.stringify(expected)).catch((error) => {
    throw new Error(`${error.message}; the editor has ${JSON.stringify(shown())}`);
  });
  return expected;
}

/** The quick fix at a finding whose title matches. */
async function actionAt(uri, range, title, kind) {
  let offered;
  return until(`the action ${title}`, async () => {
    offered = await run('vscode.executeCodeActionProvider', uri, range, kind, 50);
    return offered.find((one) => title.test(one.title));
  }).catch((error) => {
    throw new Error(`${error.message} among ${offered.map((one) => one.title)}`);
  });
}

test('the extension is there and starts with a Markdown document', async () => {
  const extension = vscode.extensions.getExtension('archlint.archlint');
  assert.ok(extension, 'the extension is not installed');
  await open(BOOKING);
  await until('activation', () => extension.isActive);
});

test('diagnostics appear on opening, and they are the findings of the command', async () => {
  const document = await open(BOOKING);
  const expected = await agree(document, BOOKING);
  for (const rule of ['house/runbook', 'house/to-be-done']) {
    assert.ok(expected.some((one) => one.endsWith(` ${rule}`)), `${rule} is not among ${expected}`);
  }
});

test('a diagnostic names its rule, and where the rule is described', async () => {
  const name = recordIn('docs/unstated/adr', '0001-show-bookings.md');
  fs.writeFileSync(file(name).fsPath, '# 1. Show bookings on the doors\n\n## Context\n\nNobody knows who has booked a room.\n\n## Decision\n\nEvery door gets a display.\n\n## Consequences\n\n- Ninety displays have to be kept running.\n');
  try {
    const { uri } = await open(name);
    const finding = await findingOf(uri, 'adr/status');
    assert.match(String(finding.code.target), /^https:\/\/.*adr.*status/);
    assert.ok(finding.message.length > 10);
  } finally {
    await run('workbench.action.closeActiveEditor');
    fs.rmSync(file(name).fsPath);
  }
});

test('diagnostics change on typing', async () => {
  const document = await open(BOOKING);
  const before = await agree(document, BOOKING);
  const left = await findingOf(document.uri, 'house/to-be-done');
  await vscode.window.activeTextEditor.edit((edit) => edit.replace(left.range, 'Nobody can open a door with it.'));
  const after = await agree(document, BOOKING);
  assert.ok(!after.some((one) => one.endsWith(' house/to-be-done')), String(after));
  await revert(document, BOOKING);
  assert.deepEqual(await agree(document, BOOKING), before);
});

test('many edits back to back leave the same findings as the text has', async () => {
  const document = await open(BOOKING);
  await agree(document, BOOKING);
  const editor = vscode.window.activeTextEditor;
  const pieces = ['é', '🏛️', 'x\n', '## Queue\n\n', 'retry ', '日本', '\n\n'];
  for (let i = 0; i < 60; i++) {
    const line = (i * 7) % document.lineCount;
    await editor.edit((edit) => {
      if (i % 5 === 4) edit.delete(new vscode.Range(line, 0, line, 3));
      else edit.insert(new vscode.Position(line, Math.min(2, document.lineAt(line).text.length)), pieces[i % pieces.length]);
    });
  }
  await agree(document, BOOKING);
  await revert(document, BOOKING);
});

test('the quick fix inserts the section, with the cursor on what is to be filled in, and the finding goes', async () => {
  const document = await open(BOOKING);
  const finding = await findingOf(document.uri, 'house/runbook');
  const action = await actionAt(document.uri, finding.range, /^Insert section “Runbook”$/);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
  assert.match(document.getText(), /\n\n## Runbook\n\n- Who is called: <team, and how it is reached at night>\n/);
  const editor = vscode.window.activeTextEditor;
  await until('the selection', () => document.getText(editor.selection) === '<team, and how it is reached at night>');
  const after = await agree(document, BOOKING);
  assert.ok(!after.some((one) => one.endsWith(' house/runbook')), String(after));
  await revert(document, BOOKING);
});

test('the waiver of a quick fix needs a reason', async () => {
  const document = await open(BOOKING);
  const finding = await findingOf(document.uri, 'house/runbook');
  const action = await actionAt(document.uri, finding.range, /^Waive house\/runbook in this document/);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
  await agree(document, BOOKING);
  assert.ok(rulesOf(document.uri).includes('waiver/no-reason') && rulesOf(document.uri).includes('house/runbook'), String(rulesOf(document.uri)));
  await run('type', { text: 'The building team keeps one for all its services' });
  await agree(document, BOOKING);
  assert.match(document.getText(), /<!-- archlint: waive house\/runbook: The building team keeps one for all its services -->/);
  assert.ok(!rulesOf(document.uri).includes('waiver/no-reason') && !rulesOf(document.uri).includes('house/runbook'), String(rulesOf(document.uri)));
  await revert(document, BOOKING);
});

test('a document with other line ends and characters of four bytes is edited in the right place', async () => {
  const name = 'docs/windows.md';
  const text = fs.readFileSync(file(BOOKING).fsPath, 'utf8').replace('# Booking rooms', '# 🏛️ Booking 日本 rooms').replaceAll('\n', '\r\n');
  fs.writeFileSync(file(name).fsPath, text);
  const document = await open(name);
  await agree(document, name);
  const left = await findingOf(document.uri, 'house/to-be-done');
  assert.equal(document.getText(left.range), 'TBD');
  const action = await actionAt(document.uri, (await findingOf(document.uri, 'house/runbook')).range, /^Insert section “Runbook”$/);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
  assert.match(document.getText(), /\r\n\r\n## Runbook\r\n\r\n- Who/);
  assert.ok(!/[^\r]\n/.test(document.getText()));
  await agree(document, name);
  await revert(document, name);
  await run('workbench.action.closeActiveEditor');
  fs.rmSync(file(name).fsPath);
});

test('the title carries the count, and its lens opens the checklist', async () => {
  const document = await open(BOOKING);
  const lens = await until('a code lens', async () => {
    const found = await run('vscode.executeCodeLensProvider', document.uri, 5);
    return found.find((one) => one.command?.command === 'archlint.showChecklist');
  });
  assert.match(lens.command.title, /\d+ of \d+/);
  await run(lens.command.command, ...(lens.command.arguments ?? []));
  const tab = await until('the page', () =>
    vscode.window.tabGroups.all.flatMap((group) => group.tabs).find((one) => one.label.startsWith('Review of')),
  );
  await vscode.window.tabGroups.close(tab);
});

test('a hover says what is wrong and what to do; on a rule in a waiver, the question and what counts as an answer', async () => {
  const document = await open(BOOKING);
  const hoverAt = (position) => until('a hover', async () => {
    const hovers = await run('vscode.executeHoverProvider', document.uri, position);
    return hovers.flatMap((hover) => hover.contents.map((part) => part.value ?? part)).join('\n');
  });
  const finding = await findingOf(document.uri, 'house/runbook');
  assert.match(await hoverAt(finding.range.start), /has no runbook[^]*Say who is called when it stops working/);
  await vscode.window.activeTextEditor.edit((edit) =>
    edit.insert(new vscode.Position(2, 0), '<!-- archlint: waive house/support: there is none -->\n\n'));
  const text = await hoverAt(new vscode.Position(2, '<!-- archlint: waive house/su'.length));
  assert.match(text, /When is it supported, and by whom\?[^]*gives the hours and names the team/);
  await revert(document, BOOKING);
});

test('headings of open questions and rules of waivers are completed', async () => {
  const document = await open(BOOKING);
  const end = document.lineAt(document.lineCount - 1).range.end;
  const completed = async (text) => {
    await vscode.window.activeTextEditor.edit((edit) => edit.insert(end, text));
    const position = document.positionAt(document.getText().length);
    const labels = await until('completions', async () => {
      const list = await run('vscode.executeCompletionItemProvider', document.uri, position, '#');
      return list.items.length > 0 && list.items.map(({ label }) => label.label ?? label);
    });
    await revert(document, BOOKING);
    return labels;
  };
  const headings = await completed('\n## ');
  assert.ok(headings.some((label) => label.includes('Licences')), String(headings));
  const rules = await completed('\n<!-- archlint: waive ');
  assert.ok(rules.some((label) => label.includes('house/licence')), String(rules));
});

test('a link to another record leads to it', async () => {
  const name = 'docs/adr/0002-link.md';
  fs.writeFileSync(file(name).fsPath, '# 2. Show bookings on the doors\n\n## Status\n\nAccepted, amends ADR-0001\n\n## Context\n\nNobody knows who has booked a room.\n\n## Decision\n\nEvery door gets a display.\n\n## Consequences\n\n- Ninety displays have to be kept running.\n');
  const document = await open(name);
  await agree(document, name);
  const at = document.positionAt(document.getText().indexOf('ADR-0001') + 2);
  const [place] = await until('the definition', async () => {
    const places = await run('vscode.executeDefinitionProvider', document.uri, at);
    return places.length > 0 && places;
  });
  assert.match(String(place.targetUri ?? place.uri), /0001-keep-bookings-in-postgresql\.md$/);
  await run('workbench.action.closeActiveEditor');
  fs.rmSync(file(name).fsPath);
});

test('the fields of a record are mended, one by one and all that is safe', async () => {
  const name = recordIn('docs/undated/adr', '0001-show-bookings.md');
  fs.writeFileSync(file(name).fsPath, '# 1. Show bookings on the doors\n\nDate: 2025/03/04\n\n## Status\n\naccepted\n\n## Context\n\nPeople stand in front of rooms and do not know who has booked them.\n\n## Decision\n\nEvery door gets a display that reads the bookings.\n\n## Consequences\n\n- Good: nobody walks into a meeting.\n- Bad: ninety displays have to be kept running.\n');
  const document = await open(name);
  const finding = await findingOf(document.uri, 'adr/date-format');
  const one = await actionAt(document.uri, finding.range, /2025-03-04/);
  assert.ok(await vscode.workspace.applyEdit(one.edit));
  assert.match(document.getText(), /^Date: 2025-03-04$/m);
  await revert(document, name);
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const all = await actionAt(document.uri, whole, /./, 'source.fixAll.archlint');
  assert.ok(await vscode.workspace.applyEdit(all.edit));
  assert.match(document.getText(), /^Date: 2025-03-04$/m);
  await agree(document, name);
  await revert(document, name);
  await run('workbench.action.closeActiveEditor');
  fs.rmSync(file(name).fsPath);
});

test('a document that is not reviewed has no findings', async () => {
  const document = await open('README.md');
  await agree(document, 'README.md');
  assert.deepEqual(findingsOf(document.uri), []);
});

for (const [name, broken, wanted] of [
  ['archlint.toml', (good) => `${good}\n[rulez]\n`, /rulez/],
  ['architecture-rules/house.toml', (good) => good.replace('expect = "match"', 'expect = "mach"'), /mach/],
]) {
  test(`a mistake in ${name} is shown in it, and goes when it is mended`, async () => {
    const uri = file(name);
    const good = fs.readFileSync(uri.fsPath, 'utf8');
    await open(BOOKING);
    fs.writeFileSync(uri.fsPath, broken(good));
    try {
      const [mistake] = await until('the mistake', () => findingsOf(uri).length && findingsOf(uri));
      assert.equal(mistake.severity, vscode.DiagnosticSeverity.Error);
      assert.match(mistake.message, wanted);
      const line = broken(good).split('\n').findIndex((text) => wanted.test(text));
      assert.equal(mistake.range.start.line, line);
    } finally {
      fs.writeFileSync(uri.fsPath, good);
    }
    await until('no mistake', () => findingsOf(uri).length === 0);
    await agree(await open(BOOKING), BOOKING);
  });
}

test('the settings confidence and config are heeded, as soon as they change', async () => {
  const document = await open(BOOKING);
  await agree(document, BOOKING);
  const settings = vscode.workspace.getConfiguration('archlint');
  const set = (name, value) => settings.update(name, value, vscode.ConfigurationTarget.Workspace);
  await set('confidence', 1);
  await agree(document, BOOKING, '--confidence', '1');
  await set('confidence', undefined);
  await agree(document, BOOKING);
  fs.writeFileSync(file('quiet.toml').fsPath, '[rules]\n"*" = "off"\n');
  await set('config', 'quiet.toml');
  await until('no finding', () => findingsOf(document.uri).length === 0);
  await set('config', undefined);
  await agree(document, BOOKING);
  fs.rmSync(file('quiet.toml').fsPath);
  fs.rmSync(path.join(root().fsPath, '.vscode'), { recursive: true, force: true });
});

/** The processes of the language server that this extension host has started. */
function servers() {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return children.split('\n').filter((line) => / lsp( |$)/.test(line)).map((line) => Number.parseInt(line, 10));
}

test('a server that died comes back', async () => {
  const document = await open(BOOKING);
  const [before] = servers();
  assert.ok(before);
  process.kill(before, 'SIGKILL');
  await until('another server', () => servers().some((pid) => pid !== before));
  await vscode.window.activeTextEditor.edit((edit) => edit.insert(new vscode.Position(2, 0), 'More.\n\n'));
  await agree(document, BOOKING);
  await revert(document, BOOKING);
});

test('the server can be started anew, and there is one', async () => {
  const before = servers();
  await run('archlint.restart');
  await agree(await open(BOOKING), BOOKING);
  await until('one server', () => servers().length === 1);
  assert.ok(!before.includes(servers()[0]));
});

exports.run = async function () {
  const results = [];
  for (const { name, run: body } of tests) {
    try {
      await body();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: String((error && error.stack) || error) });
      await run('workbench.action.files.revert').then(undefined, () => undefined);
    }
  }
  fs.writeFileSync(`${RESULT}.part`, JSON.stringify(results, null, 1));
  fs.renameSync(`${RESULT}.part`, RESULT);
};
