// Packages the extension: node package.mjs [--binary FILE --target PLATFORM] [--out FILE]
//
// With a binary, the package is for one platform and holds it as server/archlint (a target is what
// vsce calls it: linux-x64, darwin-arm64, win32-x64 ...). Without, archlint must be on the PATH or
// in the setting.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    binary: { type: 'string' },
    target: { type: 'string', default: `${process.platform}-${process.arch}` },
    out: { type: 'string' },
  },
});

rmSync('server', { recursive: true, force: true });
const { repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const source = repository.url.replace(/\.git$/, '');
const vsce = [
  'package', '--no-dependencies', '--skip-license',
  // vsce itself forgets the folder in the repository.
  '--baseContentUrl', `${source}/blob/HEAD/${repository.directory}`,
  '--baseImagesUrl', `${source}/raw/HEAD/${repository.directory}`,
];
if (values.binary) {
  const file = `server/archlint${values.target.startsWith('win32') ? '.exe' : ''}`;
  mkdirSync('server');
  copyFileSync(values.binary, file);
  chmodSync(file, 0o755);
  vsce.push('--target', values.target);
}
if (values.out) vsce.push('--out', values.out);
execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' });
execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', ...vsce], { stdio: 'inherit' });
