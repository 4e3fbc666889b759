import * as vscode from 'vscode';
import type { LimitLevel, StatusBarState } from '../../app/usage/statusBarState';
import { markdown, say } from '../../core/base/plainText';
import { commands } from '../../ids';

const backgrounds: Readonly<Record<LimitLevel, vscode.ThemeColor | undefined>> = {
  ok: undefined,
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
  reached: new vscode.ThemeColor('statusBarItem.errorBackground'),
};

const levelWords: Readonly<Record<LimitLevel, string>> = {
  ok: '',
  warning: ', near your spending limit',
  reached: ', your spending limit is reached',
};

/** The model in force and what was spent; a spinner while a request runs. Click opens the usage page. */
export class StatusBarItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'askOpenRouter.status',
    vscode.StatusBarAlignment.Right,
    90,
  );

  constructor() {
    this.item.name = 'OpenRouter';
    this.item.command = commands.showUsage;
  }

  /** Undefined hides it. */
  show(state: StatusBarState | undefined): void {
    if (!state) {
      this.item.hide();
      return;
    }
    const { model, spent, period, isRunning, level } = state;
    this.item.text = isRunning
      ? say`$(loading~spin) ${model} · ${spent}`
      : say`$(comment-discussion) ${model} · ${spent}`;
    this.item.backgroundColor = backgrounds[level];
    this.item.tooltip = toTooltip(state);
    this.item.accessibilityInformation = {
      label: say`OpenRouter: model ${model}, ${spent} ${period}${levelWords[level]}${isRunning ? ', a request is running' : ''}. Shows usage and cost.`,
      role: 'button',
    };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

function toTooltip({ model, spent, period, details, linkedCommands }: StatusBarState): vscode.MarkdownString {
  const parts = [
    markdown`**Ask OpenRouter** · ${model}`,
    ...(details.length > 0 ? details : [markdown`Spent ${period}: ${spent}`]),
  ];
  const tooltip = new vscode.MarkdownString(parts.join('\n\n'));
  tooltip.isTrusted = { enabledCommands: linkedCommands };
  return tooltip;
}
