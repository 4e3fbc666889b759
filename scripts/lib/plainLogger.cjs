// Stands in for the native module `@vscode/spdlog` in the VS Code that the tests run: same interface, same files.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'off'];

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = levels.indexOf('info');
    this.isRaw = false;
    mkdirSync(dirname(file), { recursive: true });
  }

  write(level, message) {
    if (level < this.level) return;
    const head = this.isRaw ? '' : `${new Date().toISOString()} [${levels[level]}] `;
    appendFileSync(this.file, `${head}${message}${this.isRaw ? '' : '\n'}`);
  }

  getLevel() {
    return this.level;
  }

  setLevel(level) {
    this.level = level;
  }

  clearFormatters() {
    this.isRaw = true;
  }

  setPattern() {
    this.isRaw = false;
  }

  flush() {}

  drop() {}
}

for (const [level, name] of levels.slice(0, -1).entries()) {
  Logger.prototype[name] = function (message) {
    this.write(level, message);
  };
}

const createLogger = async (name, file) => new Logger('rotating', name, file);

// One by one, so that an ES module can import them by name.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
