// What is in the packages, as they are published.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export async function packageTests({ vsix, vsixWithout, work, test }) {
  const unpacked = (name, file) => {
    const folder = join(work, name);
    mkdirSync(folder);
    execFileSync('python3', ['-m', 'zipfile', '-e', file, folder]);
    return folder;
  };

  await test('one package has the program, for its platform alone, the other has none', async () => {
    const [folder, without] = [unpacked('with', vsix), unpacked('without', vsixWithout)];
    assert.ok(statSync(join(folder, 'extension/server/archlint')).size > 1_000_000);
    assert.match(readFileSync(join(folder, 'extension.vsixmanifest'), 'utf8'), /TargetPlatform="[a-z]+-[a-z0-9]+"/);
    assert.ok(!existsSync(join(without, 'extension/server')));
    assert.doesNotMatch(readFileSync(join(without, 'extension.vsixmanifest'), 'utf8'), /TargetPlatform/);
  });

  await test('read me, changes, licence, icon and pictures are there, and nothing to build from', async () => {
    const extension = join(work, 'with/extension');
    for (const file of ['readme.md', 'changelog.md', 'LICENSE.txt', 'media/icon.png', 'dist/extension.js']) {
      assert.ok(existsSync(join(extension, file)), file);
    }
    for (const file of ['src', 'tests', 'node_modules', 'tsconfig.json']) assert.ok(!existsSync(join(extension, file)), file);
    const links = [...readFileSync(join(extension, 'readme.md'), 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, link]) => link);
    assert.ok(links.length >= 4);
    for (const link of links) {
      const [, image] = /\/editors\/vscode\/(images\/[a-z-]+\.png)$/.exec(link) ?? assert.fail(link);
      assert.ok(existsSync(join(extension, image)), image);
    }
  });

  await test('every setting, command and step of the walkthrough is described, and every step has its picture', async () => {
    const { contributes } = JSON.parse(readFileSync(join(work, 'with/extension/package.json'), 'utf8'));
    const settings = Object.entries(contributes.configuration.properties);
    assert.ok(settings.length > 0);
    for (const [name, one] of settings) {
      assert.ok((one.markdownDescription ?? one.description)?.length > 30, name);
      assert.ok(one.scope, name);
    }
    assert.equal(contributes.configuration.properties['archlint.path'].scope, 'machine');
    for (const { command, title, category } of contributes.commands) assert.ok(title && category === 'archlint', command);
    for (const { id, description, media } of contributes.walkthroughs[0].steps) {
      assert.ok(description.length > 30, id);
      assert.ok(existsSync(join(work, 'with/extension', media.image ?? media.markdown)), id);
    }
  });
}
