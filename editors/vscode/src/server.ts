// The life of the language server: found, checked, started, and told to people when it can't be.

import * as os from 'node:os';
import * as vscode from 'vscode';
import { State, type LanguageClient } from 'vscode-languageclient/node';
import { BinaryProblem, checkBinary, findBinary } from './binary';
import type { Checklist } from './checklist';
import { ChecklistRequest, createClient } from './client';
import type { Explanations } from './explanation';

/** The server, if it runs. */
export class Server implements vscode.Disposable {
  private readonly failed = new vscode.EventEmitter<string | undefined>();
  /** Fires with why there is no server, and with undefined when there is one. */
  readonly onDidChange = this.failed.event;

  private client: LanguageClient | undefined;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.OutputChannel,
    private readonly explanations: Explanations,
  ) {}

  /** The client of a running server. */
  get running(): LanguageClient | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  /** Starts the server, or another one in its place. Calls are done one after the other. */
  restart(): Promise<void> {
    this.work = this.work.then(() => this.stopNow()).then(() => this.startNow());
    return this.work;
  }

  /** Stops the server. */
  stop(): Promise<void> {
    this.work = this.work.then(() => this.stopNow());
    return this.work;
  }

  /** What the document says to every question; undefined without a server, null when it isn't reviewed. */
  async checklist(uri: vscode.Uri): Promise<Checklist | null | undefined> {
    const client = this.running;
    if (client === undefined) return undefined;
    return client.sendRequest(ChecklistRequest, { textDocument: { uri: client.code2ProtocolConverter.asUri(uri) } });
  }

  dispose(): void {
    void this.stop();
    this.failed.dispose();
  }

  private async startNow(): Promise<void> {
    try {
      const binary = await findBinary({
        setting: vscode.workspace.getConfiguration('archlint').get('path', ''),
        extension: this.context.extensionPath,
        searchPath: process.env['PATH'] ?? '',
        home: os.homedir(),
        platform: process.platform,
      });
      const version = await checkBinary(binary);
      this.output.appendLine(`archlint ${version.join('.')}: ${binary.file}`);
      const client = createClient(binary.file, this.output, this.explanations);
      this.client = client;
      client.onDidChangeState(({ newState }) => {
        // One that is stopped to start another has not failed.
        if (client !== this.client) return;
        if (newState === State.Running) this.failed.fire(undefined);
        if (newState === State.Stopped) this.failed.fire('the language server stopped');
      });
      await client.start();
    } catch (error) {
      this.tell(error);
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A server that crashed or never started cannot be stopped, and need not be.
    await client?.dispose().catch(() => undefined);
  }

  private tell(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.output.appendLine(why);
    this.failed.fire(why);
    const settings = 'Open the setting';
    const output = 'Show the output';
    const choices = error instanceof BinaryProblem ? [settings] : [output];
    const message = error instanceof BinaryProblem ? why : `The archlint language server did not start: ${why}`;
    void vscode.window.showErrorMessage(message, ...choices).then((choice) => {
      if (choice === settings) openPathSetting();
      if (choice === output) this.output.show();
    });
  }
}

/** Opens the setting `archlint.path` where it can be set: of a remote machine, among that one's settings. */
export function openPathSetting(): void {
  if (vscode.env.remoteName === undefined) {
    void vscode.commands.executeCommand('workbench.action.openSettings', 'archlint.path');
  } else {
    void vscode.commands.executeCommand('workbench.action.openRemoteSettings', { query: 'archlint.path' });
  }
}
