// Loaded into VS Code's server by NODE_OPTIONS; goes on into its extension host, where it writes down which
// modules are loaded, which files are opened and which connections are made, and whether our extension is
// on the stack. One JSON object per line of the file that BENCH_WITNESS names.
const fs = require('node:fs');
const Module = require('node:module');
const net = require('node:net');

const { openSync, writeSync } = fs;
const isServer = process.argv[1]?.endsWith('server-main.js');

// The server drops NODE_OPTIONS for its extension host, but hands on its own arguments.
if (isServer) process.execArgv.push('--require', __filename);
else if (process.argv.includes('--type=extensionHost') && process.env.BENCH_WITNESS) witness();

function witness() {
  // VS Code's own frames lie between a read and who asked for it.
  Error.stackTraceLimit = 100;
  const log = openSync(process.env.BENCH_WITNESS, 'a');
  const note = (kind, target) => writeSync(log, `${JSON.stringify(toNote(kind, target))}\n`);
  watch(Module.prototype, 'load', target => note('module', target));
  for (const name of Object.keys(fs)) {
    if (/^(open|read(File|dir)|write|append|mkdir|create\w+Stream)/.test(name))
      watch(fs, name, target => note('file', target));
  }
  for (const name of ['open', 'readFile', 'readdir', 'writeFile', 'appendFile', 'mkdir']) {
    watch(fs.promises, name, target => note('file', target));
  }
  watch(net.Socket.prototype, 'connect', target => note('connection', target));
  Module.syncBuiltinESMExports();
}

function watch(owner, name, note) {
  const original = owner[name];
  if (typeof original !== 'function') return;
  owner[name] = function (...args) {
    // Read or written through a descriptor: its opening was noted.
    if (typeof args[0] !== 'number') note(args[0]);
    return Reflect.apply(original, this, args);
  };
}

function toNote(kind, target) {
  const isOurs = /ask-openrouter\.ask-openrouter-[\d.]+/.test(String(new Error().stack));
  return { kind, what: kind === 'connection' ? toAddress(target) : String(target), isOurs };
}

/** Node hands on its arguments as an array whose first element is the options. */
function toAddress(target) {
  const { host, port, path } = (Array.isArray(target) ? target[0] : target) ?? {};
  return path ?? `${host ?? 'localhost'}:${port ?? target}`;
}
