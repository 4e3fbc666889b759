import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Failure, FailureKind } from '../../../src/core/chat/failure';
import { actionLabels, type FailureAction } from '../../../src/core/chat/failureAction';
import { describeFailure } from '../../../src/core/chat/failureText';
import { createChatClient } from '../../../src/openrouter/chat';
import { collect, connectTo, endingOf } from '../../support/openrouter/chatCalls';
import {
  type FailureRow,
  faultRows,
  hurried,
  networkRows,
  neverStalled,
  ownRows,
  tableMs,
  troubleshootingPage,
} from '../../support/openrouter/failureTable';
import { replay, ScriptedServer } from '../../support/openrouter/scriptedServer';
import { trafficSources } from '../../support/openrouter/traffic';
import { type Simulator, startSimulator } from '../../support/simulator';

const page = 'docs/troubleshooting.md';
/** The best buttons that a failure of each kind of recorded traffic may have. */
const bestButtons: Partial<Record<FailureKind, readonly FailureAction[]>> = {
  badRequest: ['pickModel'],
  modelNotFound: ['pickModel', 'useModel'],
  contextTooLong: ['pickModel', 'retryWithFewerTokens', 'dropEarlierTurns', 'useModel'],
  unauthorized: ['signIn'],
  moderation: ['pickModel'],
  noEndpoint: ['pickModel'],
  rateLimited: ['retry'],
  freeDailyLimit: ['pickModel'],
  providerUnavailable: ['retry'],
  emptyAnswer: ['retry'],
};
const isJson = /\{\s*"|"\w+"\s*:|\\n/;

suite('troubleshooting', () => {
  let simulator: Simulator;
  let ofServer: readonly FailureRow[];

  suiteSetup(async () => {
    simulator = await startSimulator({ now: () => tableMs });
    ofServer = await faultRows(simulator);
  });
  suiteTeardown(() => simulator.dispose());

  test('the page for users says what the extension says', () => {
    const now = troubleshootingPage(ofServer);
    if (process.env.ASK_OPENROUTER_WRITE_DOCS) writeFileSync(page, now);
    assert.equal(readFileSync(page, 'utf8').replaceAll('\r\n', '\n'), now, `${page} is out of date`);
  });

  test('every failure is one plain text without JSON, and has a button', () => {
    for (const { cause, sentence, buttons } of [...ofServer, ...ownRows, ...networkRows]) {
      assert.doesNotMatch(sentence, isJson, cause);
      assert.match(sentence, /^\S.*\.$/s, cause);
      assert.ok(buttons.length > 0, cause);
      assert.equal(new Set(buttons).size, buttons.length, cause);
    }
  });

  test('every kind of failure is in the table', () => {
    const known = new Set([...ofServer, ...ownRows, ...networkRows].map(({ kind }) => kind));
    const kinds: Readonly<Record<FailureKind, true>> = allKinds;
    assert.deepEqual(
      Object.keys(kinds).filter(kind => !known.has(kind as FailureKind)),
      [],
    );
  });

  for (const { name: source, traffic } of trafficSources) {
    test(`every failure of the ${source} is of a known kind, has its button and shows no JSON`, async () => {
      let count = 0;
      for (const name of traffic.names.filter(each => /^(http|error|stream-error)/.test(each))) {
        const recording = traffic.recording(name);
        assert.ok(recording);
        const server = await ScriptedServer.start(replay(recording));
        const failure = await failureAt(server.baseUrl).finally(() => server.stop());
        assert.ok(failure, name);
        const { sentence, actions } = describeFailure(failure, 'vendor/model');
        const best = bestButtons[failure.kind];
        assert.ok(best, `${name}: ${failure.kind}`);
        assert.ok(actions[0] && best.includes(actions[0]), `${name}: ${actions[0]}`);
        assert.ok(actions.every(action => actionLabels[action]));
        assert.doesNotMatch(sentence, isJson, name);
        count += 1;
      }
      assert.ok(count >= 5, `${count} failures`);
    });
  }
});

async function failureAt(baseUrl: string): Promise<Failure | undefined> {
  const client = createChatClient(connectTo(baseUrl), { stallLimits: neverStalled, clock: hurried });
  return endingOf(await collect(client)).failure;
}

const allKinds: Readonly<Record<FailureKind, true>> = {
  noKey: true,
  budget: true,
  limitsUnchecked: true,
  priceNotBound: true,
  modelForbidden: true,
  freeQuotaUsed: true,
  needsVision: true,
  invalidBaseUrl: true,
  badRequest: true,
  modelNotFound: true,
  contextTooLong: true,
  unauthorized: true,
  outOfCredits: true,
  answerTooExpensive: true,
  inFlightBudget: true,
  keyLimit: true,
  moderation: true,
  forbidden: true,
  dataPolicy: true,
  noEndpoint: true,
  noEndpointAtPrice: true,
  payloadTooLarge: true,
  unprocessable: true,
  rateLimited: true,
  freeDailyLimit: true,
  timeout: true,
  serverError: true,
  providerUnavailable: true,
  overloaded: true,
  notOpenRouter: true,
  emptyAnswer: true,
  stalled: true,
  cutOff: true,
  answerTooLarge: true,
  network: true,
  unknown: true,
};
