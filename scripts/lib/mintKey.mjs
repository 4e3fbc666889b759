// Loaded into VS Code's server (`node --import`). The web workbench seals secrets in the browser with a key of
// which the server holds one half, but the bare server has no route for it: without this, no secret would
// outlive a reload of the window.
import { randomBytes } from 'node:crypto';
import { Server } from 'node:http';

const half = randomBytes(32);
const emit = Server.prototype.emit;

Server.prototype.emit = function (name, ...args) {
  const [request, response] = args;
  if (name !== 'request' || request.method !== 'POST' || !request.url?.endsWith('/mint-key')) {
    return emit.call(this, name, ...args);
  }
  response.end(half);
  return true;
};
