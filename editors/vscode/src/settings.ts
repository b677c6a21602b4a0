// The settings that the language server is told.

import * as path from 'node:path';
import * as vscode from 'vscode';

/** What the server understands; what is not set is left out, so that `archlint.toml` decides. */
export interface ServerSettings {
  /** Absolute path of a configuration file. */
  config?: string;
  /** 0 to 1. */
  confidence?: number;
}

/** The settings that hold for `scope`, or for the window. */
export function serverSettings(scope?: vscode.Uri): ServerSettings {
  const settings = vscode.workspace.getConfiguration('archlint', scope);
  const result: ServerSettings = {};
  const config = settings.get<string>('config', '').trim();
  if (config !== '') result.config = absolute(config, scope);
  const confidence = settings.get<number | null>('confidence', null);
  if (typeof confidence === 'number') result.confidence = confidence;
  return result;
}

function absolute(file: string, scope: vscode.Uri | undefined): string {
  const folder =
    (scope && vscode.workspace.getWorkspaceFolder(scope)) ?? vscode.workspace.workspaceFolders?.[0];
  return folder === undefined ? file : path.resolve(folder.uri.fsPath, file);
}
