import assert from 'node:assert/strict';
import { UsedModels } from '../../../src/app/models/usedModels';
import { usualMix } from '../../../src/core/money/usageMix';
import { sampleLedger } from '../../support/usage/sampleLedger';

const nowMs = Date.UTC(2026, 7, 5, 12);

suite('The models that were used', () => {
  test('are all that the ledger has, each once', async () => {
    const { queries } = await sampleLedger(60, nowMs);
    const used = await new UsedModels(queries, { error: () => assert.fail() }, () => nowMs).all();
    assert.ok(used.includes('anthropic/claude-sonnet-4.5'));
    assert.equal(used.length, new Set(used).size);
    assert.ok(used.length >= 5, used.join());
  });

  test('are none, in the usual mix, where the ledger cannot be read; the log says so', async () => {
    const logged: string[] = [];
    const broken = async () => {
      throw new Error('broken');
    };
    const used = new UsedModels(
      { rows: broken, split: broken, usage: broken },
      { error: what => void logged.push(what) },
      () => nowMs,
    );
    assert.deepEqual([await used.all(), await used.mix(), logged.length], [[], usualMix, 2]);
  });
});
