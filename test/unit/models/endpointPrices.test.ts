import assert from 'node:assert/strict';
import { EndpointPrices } from '../../../src/app/models/endpointPrices';
import type { Endpoint } from '../../../src/core/chat/endpoint';
import { fail, succeed } from '../../../src/core/chat/result';

const { signal } = new AbortController();

suite('prices of endpoints', () => {
  let nowMs = 0;
  let baseUrl = 'https://a.example/v1';
  let isReached = true;
  let asked: string[] = [];
  const create = () =>
    new EndpointPrices(
      { current: async () => succeed({ baseUrl } as Endpoint) },
      {
        catalogue: endpoint => ({
          list: async () => fail({ kind: 'unknown' }),
          zeroRetention: async () => fail({ kind: 'unknown' }),
          endpoints: async id => {
            asked.push(`${endpoint.baseUrl} ${id}`);
            return isReached ? succeed([{ pricing: { prompt: '1' } }]) : fail({ kind: 'network' });
          },
        }),
      },
      () => nowMs,
    );
  setup(() => {
    nowMs = 0;
    baseUrl = 'https://a.example/v1';
    isReached = true;
    asked = [];
  });

  test('are looked up once a minute for each model of each server', async () => {
    const prices = create();
    assert.deepEqual(await prices.of('a/b', signal), [{ prompt: '1' }]);
    await Promise.all([prices.of('a/b', signal), prices.of('a/b:free', signal)]);
    assert.equal(asked.length, 2);
    baseUrl = 'https://b.example/v1';
    await prices.of('a/b', signal);
    assert.equal(asked.at(-1), 'https://b.example/v1 a/b');
    nowMs = 60_000;
    await prices.of('a/b', signal);
    assert.equal(asked.length, 4);
  });

  test('that could not be had are looked up again', async () => {
    const prices = create();
    isReached = false;
    assert.equal(await prices.of('a/b', signal), undefined);
    isReached = true;
    assert.deepEqual(await prices.of('a/b', signal), [{ prompt: '1' }]);
  });
});
