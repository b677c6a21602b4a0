// The extension: connects the language server with the view, the status bar and the page.

import * as vscode from 'vscode';
import { explain } from './client';
import { insertSection, waive } from './closing';
import { Explanations } from './explanation';
import { ChecklistPanel } from './panel';
import { ActiveReview } from './review';
import { openPathSetting, Server } from './server';
import { createStatus } from './status';
import { createView, type Node } from './view';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('archlint');
  const explanations = new Explanations();
  const running = new Server(context, output, explanations);
  server = running;
  const active = new ActiveReview((uri) => running.checklist(uri));
  const panel = new ChecklistPanel(active);
  const command = (name: string, run: (...parameters: never[]) => unknown) =>
    vscode.commands.registerCommand(`archlint.${name}`, run);

  context.subscriptions.push(
    output,
    explanations,
    running,
    active,
    panel,
    createView(active),
    createStatus(active),
    running.onDidChange((failure) => active.setFailure(failure)),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration('archlint.path')) await running.restart();
    }),
    // What the workspace sets counts from here on.
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
    command('showChecklist', () => panel.open()),
    command('showOutput', () => output.show()),
    command('openPathSetting', openPathSetting),
    command('restart', () => running.restart()),
    command('review.explain', (node?: Node) => running.running && node?.type === 'question' && explain(running.running, node.uri, node.question.id)),
    command('review.insertSection', (node?: Node) => running.running && insertSection(running.running, active, questionOf(node))),
    command('review.waive', (node?: Node) => running.running && waive(running.running, active, questionOf(node))),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

function questionOf(node: Node | undefined) {
  return node?.type === 'question' ? node.question : undefined;
}
