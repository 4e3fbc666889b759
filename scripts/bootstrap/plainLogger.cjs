// Stands in for the native module `@vscode/spdlog` in the VS Code that the tests run: same interface, same files.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'off'];

class Logger {
  /**
   * @param {string} _type
   * @param {string} _name
   * @param {string} file
   */
  constructor(_type, _name, file) {
    this.file = file;
    this.level = levels.indexOf('info');
    this.isRaw = false;
    mkdirSync(dirname(file), { recursive: true });
  }

  /**
   * @param {number} level
   * @param {string} message
   */
  write(level, message) {
    if (level < this.level) return;
    const head = this.isRaw ? '' : `${new Date().toISOString()} [${levels[level]}] `;
    appendFileSync(this.file, `${head}${message}${this.isRaw ? '' : '\n'}`);
  }

  getLevel() {
    return this.level;
  }

  /** @param {number} level */
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
  Object.defineProperty(Logger.prototype, name, {
    /** @param {string} message */
    value(message) {
      this.write(level, message);
    },
  });
}

/**
 * @param {string} name
 * @param {string} file
 */
const createLogger = async (name, file) => new Logger('rotating', name, file);

// One by one, so that an ES module can import them by name.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
