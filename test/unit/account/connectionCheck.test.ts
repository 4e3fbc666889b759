import assert from 'node:assert/strict';
import { type ConnectionCheckPorts, checkConnection } from '../../../src/app/account/connectionCheck';
import { type AnswerEvent, emptyAnswer, reduceAnswer } from '../../../src/core/chat/answer';
import type { Endpoint } from '../../../src/core/chat/endpoint';
import { fail, succeed } from '../../../src/core/chat/result';
import type { Model } from '../../../src/core/models/model';
import type { OpenRouter } from '../../../src/core/models/openRouter';
import { toSteps } from '../../support/askWorld';
import { makeSent } from '../../support/turns';

const sent = makeSent({ prompt: 'Hello' });
const endpoint: Endpoint = {
  baseUrl: 'https://openrouter.test/api/v1',
  origin: 'https://openrouter.test',
  apiKey: 'sk-or-v1-check',
  attribution: { referer: '', title: '' },
  noBytesMs: 1,
  noDataMs: 1,
};

const model: Model = {
  id: 'acme/m1',
  name: 'M1',
  pricing: {},
  inputModalities: [],
  outputModalities: [],
  supportedParameters: [],
};

async function* hello(): AsyncGenerator<AnswerEvent> {
  yield { type: 'accepted', generationId: 'gen-1' };
  yield { type: 'text', text: 'Hello' };
  yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
}

suite('Stopping the connection check', () => {
  /** The answer of a check that the user stops at `step`, where the call then fails as aborted ones do. */
  const stopAt = async (step: 'host' | 'key' | 'record') => {
    const abort = new AbortController();
    const stopIf = (here: string) => {
      if (here === step) abort.abort();
      return abort.signal.aborted;
    };
    const cannotBeReached = fail({ kind: 'network' });
    const ports: ConnectionCheckPorts = {
      endpoint: async () => succeed(endpoint),
      models: async () => (stopIf('host') ? cannotBeReached : succeed([model])),
      openRouter: {
        account: () => ({
          key: async () => (stopIf('key') ? cannotBeReached : succeed({ isManagementKey: false })),
          generation: async () => succeed(undefined),
        }),
      } as unknown as OpenRouter,
      ask: () => toSteps(hello()),
      wait: async () => void stopIf('record'),
    };
    let answer = emptyAnswer;
    for await (const event of checkConnection(sent, ports, abort.signal)) {
      answer = reduceAnswer(answer, event);
    }
    return answer;
  };

  for (const step of ['host', 'key'] as const) {
    test(`at the ${step} ends it as cancelled, not as a failure`, async () => {
      const { text, status, ending } = await stopAt(step);
      assert.equal(status, 'cancelled');
      assert.equal(ending?.failure, undefined);
      assert.doesNotMatch(text, /✗|reached\. Check/);
    });
  }

  test('at the record says nothing of a record that was not looked for', async () => {
    const { text, status } = await stopAt('record');
    assert.equal(status, 'completed');
    assert.match(text, /Hello/);
    assert.doesNotMatch(text, /✗/);
    assert.match(text, /stopped before the record was looked up/i);
  });
});
