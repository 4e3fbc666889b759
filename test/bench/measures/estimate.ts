import { estimatorError } from '../../support/estimatorError';
import { findTraffic } from '../../support/simulator';
import type { Bench, Row } from '../bench';

/** How far the input estimate is off over recorded traffic, before and after the ledger corrects it. */
export const estimate: Bench = {
  name: 'estimate',
  async run() {
    const folder = findTraffic();
    if (folder === undefined) return [{ what: 'input estimate', measured: 'no recorded traffic here' }];
    const { samples, before, after } = estimatorError(folder);
    const row = (what: string, figure: 'median' | 'p90'): Row => ({
      what: `input estimate, ${what} error of ${samples} recorded requests`,
      measured: `${percent(after[figure])} corrected`,
      bare: `${percent(before[figure])} uncorrected`,
    });
    return [row('median', 'median'), row('90th percentile', 'p90')];
  },
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
