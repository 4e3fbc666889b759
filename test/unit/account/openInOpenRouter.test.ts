import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { OpenInOpenRouter } from '../../../src/app/account/openInOpenRouter';
import type { LedgerDraft, LedgerPatch } from '../../../src/core/ledger/ledger';
import { createMemoryLedger } from '../../support/ledger/memoryLedger';
import { makeTurn } from '../../support/turns';
import { draft } from '../ledger/rows';

const key = 'sk-or-v1-ключ';
const sentTo = 'https://openrouter.ai';

suite('opening OpenRouter’s record of a request', () => {
  const ledger = createMemoryLedger();
  /** What was told and opened, in order; `press` is the button that the user presses then. */
  let shown: string[] = [];
  let press: string | undefined;
  let keys: Readonly<Record<string, string>> = {};

  const opening = new OpenInOpenRouter(
    ledger,
    { get: async origin => keys[origin] },
    {
      openLink: async href => void shown.push(href),
      warn: async message => {
        shown.push(message);
        return press;
      },
    },
  );

  setup(() => {
    shown = [];
    press = undefined;
    keys = { [sentTo]: key };
  });

  async function addRow(fields: Partial<LedgerDraft>, patch: LedgerPatch = { generationId: 'gen-1&x' }) {
    const row = draft(fields);
    await ledger.begin(row);
    await ledger.update(row.id, patch);
    return row.id;
  }

  test('the address has the hash of the key and the generation, and never the key', async () => {
    await opening.open(await addRow({ endpoint: sentTo }));
    const hash = createHash('sha256').update(key, 'utf8').digest('hex');
    assert.deepEqual(shown, [`https://openrouter.ai/logs?api_key_hash=${hash}&generation_id=gen-1%26x`]);
    assert.ok(!decodeURIComponent(shown.join()).includes(key));
  });

  test('a server of a region is OpenRouter’s, too; its own key is meant', async () => {
    keys = { [sentTo]: key, 'https://eu.openrouter.ai': 'sk-or-v1-eu' };
    await opening.open(await addRow({ endpoint: 'https://eu.openrouter.ai' }));
    assert.ok(shown[0]?.includes(createHash('sha256').update('sk-or-v1-eu').digest('hex')));
  });

  for (const endpoint of [
    'http://127.0.0.1:4000',
    'https://openrouter.ai.example.com',
    'https://evilopenrouter.ai',
    'http://openrouter.ai',
  ]) {
    test(`a request that went to ${endpoint} has no record there, and that is said`, async () => {
      keys = { [endpoint]: key };
      await opening.open(await addRow({ endpoint }));
      assert.deepEqual(shown, [
        `This request went to ${endpoint}, not to OpenRouter, which has no record of it.`,
      ]);
    });
  }

  test('without a generation id, or a row, it is said why nothing opens', async () => {
    await opening.open(await addRow({ endpoint: sentTo }, { outcome: 'failed' }));
    await opening.open('nothing');
    assert.deepEqual(shown, [
      'OpenRouter gave this request no generation id, so its record cannot be found.',
      'This request was never sent, or its row was deleted: there is no record to open.',
    ]);
  });

  test('without the key, or where nobody knows where it went, all logs are the next best', async () => {
    press = 'Open All Logs';
    await opening.open(await addRow({}));
    keys = {};
    await opening.open(await addRow({ endpoint: sentTo }));
    assert.deepEqual(shown, [
      'It is not known where this request went, so its record cannot be found.',
      'https://openrouter.ai/logs',
      'No API key is stored for https://openrouter.ai any more, so the record of this request cannot be found.',
      'https://openrouter.ai/logs',
    ]);
  });

  test('the command opens that of the newest turn that was sent', async () => {
    const older = await addRow({ endpoint: sentTo }, { generationId: 'gen-older' });
    const newer = await addRow({ endpoint: sentTo }, { generationId: 'gen-newer' });
    const turns = [older, newer, 'never-sent'].map(id => makeTurn({ id }));
    await opening.openNewest({ id: 'c', turns });
    await opening.openNewest({ id: 'c', turns: [] });
    assert.match(shown[0] ?? '', /generation_id=gen-newer$/);
    assert.equal(shown[1], 'Nothing was asked yet, so OpenRouter has no record to open.');
  });
});
