import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BinaryProblem, checkBinary, findBinary, isOlder, versionIn, type Places } from '../src/binary';

let folder: string;
let places: Places;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'archlint-binary-'));
  places = {
    setting: '',
    extension: join(folder, 'extension'),
    searchPath: [join(folder, 'empty'), join(folder, 'bin')].join(':'),
    home: folder,
    platform: 'linux',
  };
});
after(() => rmSync(folder, { recursive: true }));

function program(file: string, text = 'echo archlint 0.1.0'): string {
  const path = join(folder, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('without any program, what to do is said', async () => {
  await assert.rejects(findBinary(places), (error) => {
    assert.ok(error instanceof BinaryProblem);
    assert.match(error.message, /Install it, or name it in the setting archlint\.path/);
    return true;
  });
});

test('the path is the last resort, then the extension’s own, then the setting', async () => {
  const onPath = program('bin/archlint');
  assert.deepEqual(await findBinary(places), { file: onPath, from: 'path' });
  const own = program('extension/server/archlint');
  assert.deepEqual(await findBinary(places), { file: own, from: 'extension' });
  const set = program('mine/archlint');
  assert.deepEqual(await findBinary({ ...places, setting: set }), { file: set, from: 'setting' });
  assert.deepEqual(await findBinary({ ...places, setting: '~/mine/archlint' }), { file: set, from: 'setting' });
});

test('a setting that names nothing runnable is an error and no fallback', async () => {
  program('bin/archlint');
  const text = join(folder, 'text');
  writeFileSync(text, 'no program');
  mkdirSync(join(folder, 'a-folder'), { recursive: true });
  for (const setting of [join(folder, 'nowhere'), text, join(folder, 'a-folder'), 'archlint', './archlint']) {
    await assert.rejects(findBinary({ ...places, setting }), (error) => {
      assert.ok(error instanceof BinaryProblem && error.settingIsWrong);
      assert.match(error.message, /archlint\.path/);
      return true;
    });
  }
});

test('a relative entry of the path is passed over', async () => {
  const before = process.cwd();
  program('work/archlint');
  process.chdir(join(folder, 'work'));
  try {
    const searchPath = `.::${join(folder, 'empty')}`;
    await assert.rejects(findBinary({ ...places, extension: join(folder, 'none'), searchPath }), BinaryProblem);
  } finally {
    process.chdir(before);
  }
});

test('a program is asked for its version', async () => {
  const check = (file: string) => checkBinary({ file, from: 'setting' });
  assert.deepEqual(await check(program('v/new', 'echo archlint 12.3.4')), [12, 3, 4]);
  await assert.rejects(check(program('v/old', 'echo archlint 0.0.9')), /is archlint 0\.0\.9; this extension needs 0\.1\.0/);
  await assert.rejects(check(program('v/other', 'echo other 3.0')), /is not archlint: it calls itself “other 3\.0”/);
  await assert.rejects(check(program('v/fails', 'exit 3')), /could not be run: it ended with exit code 3/);
});

test('versions are compared as numbers', () => {
  assert.deepEqual(versionIn('archlint 1.22.333-beta\n'), [1, 22, 333]);
  assert.equal(versionIn('rustc 1.95.0'), undefined);
  assert.equal(isOlder([0, 9, 0], [0, 10, 0]), true);
  assert.equal(isOlder([1, 0, 0], [0, 10, 5]), false);
  assert.equal(isOlder([0, 10, 5], [0, 10, 5]), false);
});
