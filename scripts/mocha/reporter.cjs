const { reporters } = require('mocha');

/** Mocha's own report; at the end the totals go to the process that started mocha, if one listens. */
module.exports = class extends reporters.Spec {
  /**
   * @override
   * @param {number} failures
   * @param {(failures: number) => void} [finish]
   */
  done(failures, finish) {
    const { passes: passed, failures: failed, pending: skipped } = this.stats;
    const end = () => finish?.(failures);
    if (process.send) process.send({ passed, failed, skipped }, end);
    else end();
  }
};
