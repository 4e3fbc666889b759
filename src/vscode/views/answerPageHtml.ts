import type * as vscode from 'vscode';
import { pageHtml } from './pageHtml';

/** The answer page's document. */
export function answerPageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  return pageHtml(webview, extensionUri, { name: 'answer', element: 'ask-answer-page', title: 'OpenRouter' });
}
