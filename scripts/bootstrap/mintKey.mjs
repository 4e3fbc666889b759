// Loaded into VS Code's server (`node --import`). The web workbench seals secrets in the browser with a key of
// which the server holds one half, but the bare server has no route for it: without this, no secret would
// outlive a reload of the window.
import { randomBytes } from 'node:crypto';
import { IncomingMessage, Server, ServerResponse } from 'node:http';

const half = randomBytes(32);
const emit = Server.prototype.emit;

Server.prototype.emit = function (/** @type {unknown[]} */ ...args) {
  const [name, request, response] = args;
  const isAsked =
    name === 'request' &&
    request instanceof IncomingMessage &&
    response instanceof ServerResponse &&
    request.method === 'POST' &&
    request.url?.endsWith('/mint-key');
  if (!isAsked) return Reflect.apply(emit, this, args);
  response.end(half);
  return true;
};
