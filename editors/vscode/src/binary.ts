// Which `archlint` program is run, and whether it can be.

import { execFile } from 'node:child_process';
import { constants, promises as fs } from 'node:fs';
import * as path from 'node:path';

/** The oldest `archlint` whose language server this extension can talk to. */
export const OLDEST: Version = [0, 1, 0];

export type Version = [major: number, minor: number, patch: number];

/** Where to look. */
export interface Places {
  /** The setting `archlint.path`; empty when it is not set. */
  setting: string;
  /** The folder of the extension. */
  extension: string;
  /** `PATH` of the environment. */
  searchPath: string;
  home: string;
  platform: NodeJS.Platform;
}

/** A program, and what named it. */
export interface Binary {
  file: string;
  from: 'setting' | 'extension' | 'path';
}

/** Why there is no program to run: for a person to read. */
export class BinaryProblem extends Error {
  /** @param settingIsWrong whether the setting `archlint.path` is what must be mended */
  constructor(message: string, readonly settingIsWrong: boolean) {
    super(message);
  }
}

/**
 * The program to run: the setting's, or else the extension's own, or else the first on the `PATH`.
 * A setting that names nothing runnable is an error, not a reason to run another program.
 * @throws BinaryProblem
 */
export async function findBinary(places: Places): Promise<Binary> {
  const name = places.platform === 'win32' ? 'archlint.exe' : 'archlint';
  const setting = places.setting.trim();
  if (setting !== '') {
    const file = setting.replace(/^~(?=$|[\\/])/, () => places.home);
    if (!path.isAbsolute(file)) {
      throw new BinaryProblem(`The setting archlint.path must be an absolute path, not “${setting}”.`, true);
    }
    if (!(await isProgram(file))) {
      throw new BinaryProblem(`The setting archlint.path names “${file}”, but there is no program there.`, true);
    }
    return { file, from: 'setting' };
  }
  const own = path.join(places.extension, 'server', name);
  if (await isProgram(own)) return { file: own, from: 'extension' };
  for (const folder of places.searchPath.split(places.platform === 'win32' ? ';' : ':')) {
    // A relative entry would run what a workspace brings.
    if (!path.isAbsolute(folder)) continue;
    const file = path.join(folder, name);
    if (await isProgram(file)) return { file, from: 'path' };
  }
  throw new BinaryProblem(
    'The program archlint was not found: this build of the extension brings none, and there is none on the PATH. ' +
      'Install it, or name it in the setting archlint.path.',
    false,
  );
}

/**
 * Asks the program for its version.
 * @throws BinaryProblem when it does not run, is another program or is too old
 */
export async function checkBinary(binary: Binary): Promise<Version> {
  const fromSetting = binary.from === 'setting';
  const said = await new Promise<string>((resolve, reject) => {
    execFile(binary.file, ['--version'], { timeout: 10_000, windowsHide: true }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new BinaryProblem(`“${binary.file}” could not be run: ${reasonOf(error)}.`, fromSetting));
    });
  });
  const version = versionIn(said);
  if (version === undefined) {
    throw new BinaryProblem(`“${binary.file}” is not archlint: it calls itself “${firstLine(said)}”.`, fromSetting);
  }
  if (isOlder(version, OLDEST)) {
    throw new BinaryProblem(
      `“${binary.file}” is archlint ${version.join('.')}; this extension needs ${OLDEST.join('.')} or newer.`,
      fromSetting,
    );
  }
  return version;
}

/** The version in the output of `archlint --version`. */
export function versionIn(text: string): Version | undefined {
  const match = /^archlint (\d+)\.(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

export function isOlder(version: Version, than: Version): boolean {
  const at = version.findIndex((part, index) => part !== than[index]);
  return at >= 0 && (version[at] ?? 0) < (than[at] ?? 0);
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await fs.access(file, constants.X_OK);
    return (await fs.stat(file)).isFile();
  } catch {
    return false;
  }
}

function reasonOf(error: Error & { killed?: boolean; code?: unknown }): string {
  if (error.killed) return 'it did not answer within 10 seconds';
  if (typeof error.code === 'number') return `it ended with exit code ${error.code}`;
  return firstLine(error.message);
}

function firstLine(text: string): string {
  return text.trim().split(/\r?\n/, 1)[0]?.slice(0, 200) ?? '';
}
