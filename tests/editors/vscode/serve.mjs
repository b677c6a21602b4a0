// Serves VS Code's workbench (code-server) on loopback, with all its state in one folder.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

const QUIET = {
  'workbench.startupEditor': 'none', 'workbench.enableExperiments': false, 'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden', 'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false, 'extensions.autoCheckUpdates': false, 'extensions.ignoreRecommendations': true,
  'update.mode': 'none', 'chat.disableAIFeatures': true, 'chat.commandCenter.enabled': false,
  'files.autoSave': 'off', 'files.hotExit': 'off', 'git.enabled': false, 'editor.minimap.enabled': false,
  'editor.wordWrap': 'on', 'window.commandCenter': false, 'workbench.reduceMotion': 'on',
  // Its own waves and words would stand between those of the extension.
  'editor.occurrencesHighlight': 'off', 'editor.stickyScroll.enabled': false,
};

/**
 * Installs the extension and serves the workbench.
 * @param installed the folder that install-vscode.sh printed
 * @param state an empty folder for everything that is written
 * @param options vsix: the extension; trust: whether workspaces must be trusted first; settings: of
 *   the user; machine: of the machine; environment: variables for the extension host
 * @returns base: the address; setMachine(settings): changes the machine's settings; stop()
 */
export async function serve(installed, state, { vsix, trust = false, settings = {}, machine = {}, environment = {} }) {
  const entry = `${installed}/node_modules/code-server/out/node/entry.js`;
  const setMachine = (values) => write(`${state}/user/Machine/settings.json`, values);
  write(`${state}/user/User/settings.json`, { ...QUIET, ...(trust ? {} : { 'security.workspace.trust.enabled': false }), ...settings });
  setMachine(machine);
  const env = {
    ...process.env, XDG_DATA_HOME: `${state}/data`, XDG_CONFIG_HOME: `${state}/config`,
    EXTENSIONS_GALLERY: '{}',
    // Started from a command line: the variables are these, and not those of a login shell.
    VSCODE_CLI: '1', ...environment,
  };
  const places = ['--user-data-dir', `${state}/user`, '--extensions-dir', `${state}/extensions`];
  if (vsix) await promisify(execFile)(process.execPath, [entry, ...places, '--install-extension', vsix], { env });
  const port = await freePort();
  const flags = ['--auth', 'none', '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  if (!trust) flags.push('--disable-workspace-trust');
  const server = spawn(process.execPath, [entry, '--bind-addr', `127.0.0.1:${port}`, ...flags, ...places], {
    env, detached: true, stdio: ['ignore', 'pipe', openSync(`${state}/errors.log`, 'w')],
  });
  await new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`code-server ended with ${code}: ${readFileSync(`${state}/errors.log`, 'utf8')}`)));
    server.stdout.on('data', (text) => String(text).includes('listening on') && resolve());
  });
  const stop = () => {
    try {
      // Its extension hosts outlive a closed tab: the whole group is ended.
      process.kill(-server.pid);
    } catch { /* it ended before */ }
  };
  return { base: `http://127.0.0.1:${port}`, setMachine, stop };
}

function write(file, values) {
  mkdirSync(file.replace(/\/[^/]*$/, ''), { recursive: true });
  writeFileSync(file, JSON.stringify(values, null, 1));
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
