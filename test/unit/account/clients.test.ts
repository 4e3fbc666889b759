import assert from 'node:assert/strict';
import { Clients } from '../../../src/app/account/clients';
import type { AccountClient } from '../../../src/core/chat/account';
import type { Endpoint } from '../../../src/core/chat/endpoint';
import { fail, succeed } from '../../../src/core/chat/result';

const endpoint: Endpoint = {
  baseUrl: 'https://eu.openrouter.ai/api/v1',
  origin: 'https://eu.openrouter.ai',
  apiKey: 'a key',
  attribution: { referer: '', title: '' },
  noBytesMs: 1,
  noDataMs: 1,
};

suite('The account of the key in use', () => {
  const asked: Endpoint[] = [];
  const client: AccountClient = {
    key: async () => fail({ kind: 'noKey' }),
    generation: async () => fail({ kind: 'noKey' }),
  };
  const openRouter = {
    account: (of: Endpoint) => {
      asked.push(of);
      return client;
    },
    chat: () => assert.fail('no request was to be sent'),
  };
  const clients = new Clients({ currentWithKey: async () => succeed(endpoint) }, openRouter);
  setup(() => {
    asked.length = 0;
  });

  test('is that of the endpoint in force', async () => {
    assert.deepEqual(await clients.account(), succeed(client));
    assert.deepEqual(asked, [endpoint]);
  });

  test('is given for a row that went to the origin in force', async () => {
    assert.deepEqual(await clients.account('https://eu.openrouter.ai'), succeed(client));
  });

  test('is not given for a row that went elsewhere: nobody else is asked about it', async () => {
    assert.deepEqual(await clients.account('https://openrouter.ai'), fail({ kind: 'noKey' }));
    assert.deepEqual(asked, []);
  });

  test('is not there without a key', async () => {
    const without = new Clients({ currentWithKey: async () => fail({ kind: 'noKey' }) }, openRouter);
    assert.deepEqual(await without.account(), fail({ kind: 'noKey' }));
  });
});
