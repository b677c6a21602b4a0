// Runs inside the real extension host, with the whole `vscode` API, against the installed extension.
// Its findings are held against those of the command: the same document, the same findings.
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const { ARCHLINT_TEST_RESULT: RESULT, ARCHLINT_TEST_BINARY: BINARY } = process.env;
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

async function open(name) {
  const document = await vscode.workspace.openTextDocument(file(name));
  await vscode.window.showTextDocument(document);
  return document;
}

async function replaceAll(document, text) {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}

/** What the command reports of a text: "line rule", sorted. */
function command(name, text) {
  let output;
  const args = ['check', '--format', 'json', '--fail-on', 'never', '--stdin-path', file(name).fsPath, '-'];
  output = execFileSync(BINARY, args, { input: text, cwd: root().fsPath, encoding: 'utf8' });
  return JSON.parse(output).findings.map((one) => `${one.range.start.line} ${one.rule}`).sort();
}

const asCommand = (uri) => findingsOf(uri).map((one) => `${one.range.start.line + 1} ${ruleOf(one)}`).sort();

async function agree(document, name) {
  const expected = command(name, document.getText());
  await until(`the findings ${JSON.stringify(expected)}`, () => {
    return JSON.stringify(asCommand(document.uri)) === JSON.stringify(expected);
  }).catch((error) => {
    throw new Error(`${error.message}; the editor has ${JSON.stringify(asCommand(document.uri))}`);
  });
  return expected;
}

async function actionsAt(uri, range) {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, undefined, 50);
}

test('the extension is there and starts with a Markdown document', async () => {
  const extension = vscode.extensions.getExtension('archlint.archlint');
  assert.ok(extension, 'the extension is not installed');
  await open('docs/booking.md');
  await until('activation', () => extension.isActive);
});

test('diagnostics appear on opening, and they are the findings of the command', async () => {
  const document = await open('docs/booking.md');
  const expected = await agree(document, 'docs/booking.md');
  assert.ok(expected.length >= 2, 'the fixture should leave questions open');
});

test('a diagnostic names its rule, and links to what it means', async () => {
  const document = await open('docs/booking.md');
  const [one] = await until('diagnostics', () => findingsOf(document.uri).length && findingsOf(document.uri));
  assert.match(ruleOf(one), /^[a-z-]+\/[a-z-]+$/);
  assert.ok(one.code.target, 'there is no link');
  assert.ok(one.message.length > 10);
});

test('diagnostics change on typing', async () => {
  const name = 'docs/booking.md';
  const document = await open(name);
  const before = await agree(document, name);
  const line = document.getText().split('\n').indexOf('TBD');
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, document.lineAt(line).range, SECURE);
  await vscode.workspace.applyEdit(edit);
  const after = await agree(document, name);
  const isSecurity = (one) => one.endsWith(' security/secure-design');
  assert.ok(before.some(isSecurity) && !after.some(isSecurity), `${before} became ${after}`);
  await vscode.commands.executeCommand('workbench.action.files.revert');
  assert.deepEqual(await agree(document, name), before);
});

const SECURE =
  'An attacker who reaches the service could read who meets whom and book every room. Every call carries the ' +
  'token of the person, which the service checks; rooms of the board may be seen by the board only. The trust ' +
  'boundary is the gateway; the service runs without rights on the hosts, and the threat model was gone through.';

test('many edits back to back leave the same findings as the text has', async () => {
  const name = 'docs/booking.md';
  const document = await open(name);
  await agree(document, name);
  const editor = vscode.window.activeTextEditor;
  const pieces = ['é', '🏛️', 'x\n', '## Queue\n\n', 'retry ', '日本', '\n\n'];
  for (let i = 0; i < 60; i++) {
    const line = (i * 7) % document.lineCount;
    await editor.edit((edit) => {
      if (i % 5 === 4) edit.delete(new vscode.Range(line, 0, line, 3));
      else edit.insert(new vscode.Position(line, Math.min(2, document.lineAt(line).text.length)), pieces[i % pieces.length]);
    });
  }
  await agree(document, name);
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await agree(document, name);
});

test('the quick fixes of an open question insert a section and waive with a reason', async () => {
  const document = await open('docs/booking.md');
  await agree(document, 'docs/booking.md');
  const [finding] = findingsOf(document.uri);
  const titles = (await actionsAt(document.uri, finding.range)).map((one) => one.title);
  assert.ok(titles.some((title) => /^insert/i.test(title)), titles.join('; '));
  assert.ok(titles.some((title) => /^waive/i.test(title)), titles.join('; '));
});

test('a waiver holds for the question, and needs a reason', async () => {
  const name = 'docs/booking.md';
  const document = await open(name);
  const original = document.getText();
  const rule = ruleOf(findingsOf(document.uri)[0]);
  const [title, ...rest] = original.split('\n');
  const waived = (reason) => [title, '', `<!-- archlint: waive ${rule}${reason} -->`, ...rest].join('\n');
  await replaceAll(document, waived(''));
  const without = await agree(document, name);
  assert.ok(without.some((one) => one.includes('waiver/no-reason')), String(without));
  await replaceAll(document, waived(': the platform group answers it for all services'));
  const withReason = await agree(document, name);
  assert.ok(!withReason.some((one) => one.endsWith(rule)), String(withReason));
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await agree(document, name);
});

test('the title carries the count, and its lens opens the checklist', async () => {
  const document = await open('docs/booking.md');
  const lenses = await until('a code lens', async () => {
    const found = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 5);
    return found.length > 0 && found;
  });
  const lens = lenses.find((one) => one.command?.command === 'archlint.showChecklist');
  assert.ok(lens, 'no lens shows the checklist');
  assert.match(lens.command.title, /\d+ of \d+/);
  await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
  const tab = await until('the page', () =>
    vscode.window.tabGroups.all.flatMap((group) => group.tabs).find((one) => one.label.startsWith('Review of')),
  );
  await vscode.window.tabGroups.close(tab);
});

test('a hover on a finding says the question', async () => {
  const document = await open('docs/booking.md');
  const [finding] = findingsOf(document.uri);
  const at = finding.range.start.translate(0, 3);
  const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, at);
  assert.ok(hovers.some((hover) => hover.contents.some((part) => (part.value ?? part).includes('?'))), 'no question');
});

test('a record with a fault in its fields can be mended', async () => {
  const name = 'docs/adr/0002-mend-me.md';
  fs.writeFileSync(file(name).fsPath, '# 2. Show bookings on the doors\n\nDate: 2025/03/04\n\n## Status\n\naccepted\n\n## Context\n\nPeople stand in front of rooms and do not know who has booked them.\n\n## Decision\n\nEvery door gets a display that reads the bookings.\n\n## Consequences\n\n- Good: nobody walks into a meeting.\n- Bad: ninety displays have to be kept running.\n');
  const document = await open(name);
  await agree(document, name);
  fs.rmSync(file(name).fsPath);
});

test('a document that is not reviewed has no findings', async () => {
  const document = await open('README.md');
  await agree(document, 'README.md');
  assert.deepEqual(findingsOf(document.uri), []);
});

test('a broken archlint.toml is shown in it, and mended when it is mended', async () => {
  const uri = file('archlint.toml');
  const good = fs.readFileSync(uri.fsPath, 'utf8');
  await open('docs/booking.md');
  fs.writeFileSync(uri.fsPath, `${good}\n[rulez]\n"security/secure-design" = "off"\n`);
  try {
    const [mistake] = await until('the mistake', () => findingsOf(uri).length && findingsOf(uri));
    assert.equal(mistake.severity, vscode.DiagnosticSeverity.Error);
    assert.match(mistake.message, /rulez/);
    assert.equal(mistake.range.start.line, good.split('\n').length);
  } finally {
    fs.writeFileSync(uri.fsPath, good);
  }
  await until('no mistake', () => findingsOf(uri).length === 0);
});

test('the setting confidence decides how sure a finding must be', async () => {
  const document = await open('docs/booking.md');
  await agree(document, 'docs/booking.md');
  const settings = vscode.workspace.getConfiguration('archlint');
  await settings.update('confidence', 1, vscode.ConfigurationTarget.Workspace);
  await until('no open question', () => findingsOf(document.uri).length === 0);
  await settings.update('confidence', undefined, vscode.ConfigurationTarget.Workspace);
  await agree(document, 'docs/booking.md');
  fs.rmSync(path.join(root().fsPath, '.vscode'), { recursive: true, force: true });
});

test('the server can be started anew', async () => {
  await vscode.commands.executeCommand('archlint.restart');
  const document = await open('docs/booking.md');
  await agree(document, 'docs/booking.md');
});

exports.run = async function () {
  const results = [];
  for (const { name, run } of tests) {
    try {
      await run();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: String((error && error.stack) || error) });
      await vscode.commands.executeCommand('workbench.action.files.revert').then(undefined, () => undefined);
    }
  }
  fs.writeFileSync(`${RESULT}.part`, JSON.stringify(results, null, 1));
  fs.renameSync(`${RESULT}.part`, RESULT);
};
