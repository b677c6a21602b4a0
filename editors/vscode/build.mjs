// Bundles the extension into dist/extension.js; with --tests also the unit tests into dist/tests.
import * as esbuild from 'esbuild';
import { readdirSync } from 'node:fs';

const flags = new Set(process.argv.slice(2));
const shared = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'], logLevel: 'info' };

const extension = { ...shared, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', minify: true };
if (flags.has('--watch')) {
  await (await esbuild.context({ ...extension, minify: false, sourcemap: true })).watch();
} else {
  await esbuild.build(extension);
}
if (flags.has('--tests')) {
  const entryPoints = readdirSync('tests').filter((name) => name.endsWith('.test.ts')).map((name) => `tests/${name}`);
  await esbuild.build({ ...shared, entryPoints, outdir: 'dist/tests' });
}
