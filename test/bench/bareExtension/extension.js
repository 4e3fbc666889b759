// The least an extension can be: what `npm run bench` compares with. One file, no library, no state, no
// Markdown, no cost, no error handling; it only has to do the same visible thing.
const vscode = require('vscode');

/** @type {vscode.WebviewPanel | undefined} */
let panel;
/** @type {AbortController | undefined} */
let running;
let body = '';

exports.activate = context => {
  context.subscriptions.push(
    vscode.commands.registerCommand('bare.load', load),
    vscode.commands.registerCommand('bare.ask', ask),
    vscode.commands.registerCommand('bare.pick', pick),
    vscode.commands.registerCommand('bare.open', open),
    vscode.commands.registerCommand('bare.time', time),
  );
};

const settings = () => vscode.workspace.getConfiguration('bare');

const readText = async path =>
  new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(path)));

/** Takes over the body to send: reading it must not be part of what is measured. */
async function load() {
  body = await readText(settings().bodyFile);
}

/** Runs a command and notes when; the page is told when the request has long left. */
async function time(command) {
  const startedAtMs = performance.timeOrigin + performance.now();
  const running = vscode.commands.executeCommand(command);
  setTimeout(() => panel.webview.postMessage({ startedAtMs }), 300);
  await running;
}

/** Sends the body, whatever the selection, and appends the answer's text to the page. */
async function ask() {
  const { url } = settings();
  running?.abort();
  running = new AbortController();
  await reveal();
  const answering = fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-or-v1-bare', 'content-type': 'application/json' },
    body,
    signal: running.signal,
  });
  panel.webview.postMessage({ begin: true });
  await append((await answering).body).catch(ignoreAbort);
}

async function append(stream) {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop();
    const text = lines.map(toText).join('');
    if (text !== '') panel.webview.postMessage({ text });
  }
}

function ignoreAbort(error) {
  if (error.name !== 'AbortError') throw error;
}

function toText(line) {
  if (!line.startsWith('data: {')) return '';
  return JSON.parse(line.slice('data: '.length)).choices[0]?.delta.content ?? '';
}

/** Rows of the shape of ours: three lines of text, three buttons. */
function pick() {
  const box = vscode.window.createQuickPick();
  const buttons = ['star-empty', 'info', 'split-horizontal'].map(icon => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip: icon,
  }));
  box.items = Array.from({ length: 450 }, (_, index) => ({
    label: `Vendor: Model ${index}`,
    description: `vendor/model-${index}  ·  $(eye) $(tools)`,
    detail: `$0.${index} in · $1.${index} out · ${index}K context`,
    buttons,
  }));
  box.buttons = buttons;
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.onDidHide(() => box.dispose());
  box.show();
}

/** Opens the page with a long text that is kept on disk. */
async function open() {
  const reading = readText(settings().textFile);
  await reveal();
  panel.webview.postMessage({ text: await reading });
}

/** Resolves when the page listens. */
function reveal() {
  if (panel) return;
  panel = vscode.window.createWebviewPanel(
    'bare',
    'Bare',
    { viewColumn: vscode.ViewColumn.Three, preserveFocus: true },
    { enableScripts: true },
  );
  panel.onDidDispose(() => {
    panel = undefined;
  });
  const ready = new Promise(resolve => panel.webview.onDidReceiveMessage(resolve));
  panel.webview.html = page;
  return ready;
}

const page = `<!DOCTYPE html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-bare'; style-src 'nonce-bare'">
<style nonce="bare">#answer { white-space: pre-wrap; }</style></head>
<body><div id="answer"></div><script nonce="bare">
  const answer = document.getElementById('answer');
  addEventListener('message', ({ data }) => {
    if (data.begin) answer.textContent = '';
    else if (data.startedAtMs) window.benchStartedAtMs = data.startedAtMs;
    else if (data.text) answer.textContent += data.text;
  });
  acquireVsCodeApi().postMessage('ready');
</script></body></html>`;
