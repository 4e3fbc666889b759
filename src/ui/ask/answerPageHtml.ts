import * as vscode from 'vscode';

/** The answer page: own resources only, scripts by nonce, no network, no remote images. */
export function answerPageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const resource = (name: string): vscode.Uri =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name));
  const nonce = createNonce();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${resource('answer.css')}">
  <title>OpenRouter</title>
</head>
<body>
  <ask-answer-page></ask-answer-page>
  <script type="module" nonce="${nonce}" src="${resource('answer.js')}"></script>
</body>
</html>`;
}

function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
