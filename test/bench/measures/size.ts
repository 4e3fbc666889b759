import { statSync } from 'node:fs';
import { packagedExtension } from '../../support/workbench/workbench';
import type { Bench } from '../bench';

const limitKb = 900;

/** What a user downloads. */
export const size: Bench = {
  name: 'size',
  async run() {
    const kilobytes = statSync(packagedExtension).size / 1024;
    return [
      {
        what: 'packaged extension',
        measured: `${kilobytes.toFixed(0)} KB`,
        bound: `≤ ${limitKb} KB`,
        isMet: kilobytes <= limitKb,
      },
    ];
  },
};
