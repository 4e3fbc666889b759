import * as vscode from 'vscode';

/** The files and names of one of the extension's own pages. */
export interface PageDocument {
  /** Name of its script and style in `dist/webview`, without the ending. */
  readonly name: string;
  /** The custom element that is the page. */
  readonly element: string;
  readonly title: string;
}

/** A page's document: own resources only, scripts by nonce, no network, no remote images. */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: PageDocument): string {
  const resource = (file: string): vscode.Uri =>
    webview.asWebviewUri(vscode.Uri.joinPath(pagesFolder(extensionUri), file));
  const nonce = createNonce();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    // Images of answers stand in the answer itself; nothing is loaded.
    'img-src data:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${resource(`${page.name}.css`)}">
  <title>${page.title}</title>
</head>
<body>
  <${page.element}></${page.element}>
  <script type="module" nonce="${nonce}" src="${resource(`${page.name}.js`)}"></script>
</body>
</html>`;
}

/** What every page may do: run its own scripts and read its own files. */
export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions & vscode.WebviewPanelOptions {
  return { enableScripts: true, enableFindWidget: true, localResourceRoots: [pagesFolder(extensionUri)] };
}

/** Loads a page into a panel, new or kept across a reload: with our icon and a page's rights. */
export function loadPage(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, page: PageDocument): void {
  panel.iconPath = {
    light: vscode.Uri.joinPath(extensionUri, 'media', 'panel-light.svg'),
    dark: vscode.Uri.joinPath(extensionUri, 'media', 'panel-dark.svg'),
  };
  panel.webview.options = pageOptions(extensionUri);
  panel.webview.html = pageHtml(panel.webview, extensionUri, page);
}

function pagesFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
