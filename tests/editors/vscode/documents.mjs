// The documents of a test, and what the command says of them.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fresh copy of the fixtures in `folder`. */
export class Documents {
  constructor(folder, binary) {
    this.folder = folder;
    this.binary = binary;
    cpSync(join(import.meta.dirname, 'fixtures'), folder, { recursive: true });
  }

  read(name) {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  write(name, text) {
    writeFileSync(join(this.folder, name), text);
  }

  /** The first line that begins with `text`, from 1. */
  lineOf(name, text) {
    return this.read(name).split('\n').findIndex((line) => line.startsWith(text)) + 1;
  }

  /** What `archlint checklist --format json` says of a document on the disk. */
  checklist(name) {
    const output = execFileSync(this.binary, ['checklist', '--format', 'json', name], { cwd: this.folder, encoding: 'utf8' });
    return JSON.parse(output).documents[0];
  }

  /** Puts a document back as it was, on the disk and in the active editor. */
  async restore(bench, name) {
    this.write(name, readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'));
    await bench.command('File: Revert File');
    await bench.page.waitForSelector('.tab.active:not(.dirty)');
    await bench.agrees(this.checklist(name));
  }
}
