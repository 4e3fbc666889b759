import * as vscode from 'vscode';
import { commands } from '../../ids';

/** What the status bar shows. */
export interface StatusBarState {
  readonly model: string;
  /** Ready to show, e.g. `$0.42 + 2 pending`. */
  readonly spent: string;
  /** Which time `spent` is about, in words. */
  readonly period: string;
  readonly isRunning: boolean;
  /** Further lines of the tooltip, in Markdown. */
  readonly details: readonly string[];
}

/** The model in force and what was spent; a spinner while a request runs. Click opens the panel. */
export class StatusBarItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'askOpenRouter.status',
    vscode.StatusBarAlignment.Right,
    90,
  );

  constructor() {
    this.item.name = 'OpenRouter';
    this.item.command = commands.showPanel;
  }

  show(state: StatusBarState): void {
    const { model, spent, period, isRunning } = state;
    this.item.text = `$(${isRunning ? 'loading~spin' : 'comment-discussion'}) ${model} · ${spent}`;
    this.item.tooltip = toTooltip(state);
    this.item.accessibilityInformation = {
      label: `OpenRouter: model ${model}, ${spent} ${period}${isRunning ? ', a request is running' : ''}. Shows the answer panel.`,
      role: 'button',
    };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

function toTooltip({ model, spent, period, details }: StatusBarState): vscode.MarkdownString {
  const lines = [
    '**Ask OpenRouter**',
    `Model: \`${model}\``,
    `Spent ${period}: ${spent}`,
    ...details,
    'Click to show the answer panel.',
  ];
  return new vscode.MarkdownString(lines.join('\n\n'));
}
