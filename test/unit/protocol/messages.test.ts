import assert from 'node:assert/strict';
import { actionLabels } from '../../../src/core/chat/failureAction';
import { isFromAnswerPage, isToAnswerPage } from '../../../src/protocol/answerMessages';
import { isFromModelPage, isToModelPage } from '../../../src/protocol/modelMessages';
import { isFromUsagePage, isToUsagePage } from '../../../src/protocol/usageMessages';
import {
  fromAnswerPage,
  fromModelPage,
  fromUsagePage,
  toAnswerPage,
  toModelPage,
  toUsagePage,
} from '../../support/protocol/samples';

/** How many random messages are tried in each direction; more when somebody has the time. */
const runs = Number(process.env.ASK_OPENROUTER_FUZZ_RUNS ?? 4000);

interface Direction {
  readonly samples: Readonly<Record<string, { readonly type: string }>>;
  readonly isMessage: (value: unknown) => boolean;
  /** Fields that a message may lack, as `type.field`. */
  readonly optional: readonly string[];
}

const directions: Readonly<Record<string, Direction>> = {
  'host to answer page': { samples: toAnswerPage, isMessage: isToAnswerPage, optional: [] },
  'answer page to host': {
    samples: fromAnswerPage,
    isMessage: isFromAnswerPage,
    optional: [
      'stop.turnId',
      'newFile.language',
      'newFile.turnId',
      'newFile.isCode',
      'replace.code',
      'errorAction.model',
      'addImage.name',
      'addImage.id',
      'setParameter.value',
    ],
  },
  'host to usage page': {
    samples: toUsagePage,
    isMessage: isToUsagePage,
    optional: ['reconcile.reconcile'],
  },
  'host to model page': { samples: toModelPage, isMessage: isToModelPage, optional: [] },
  'model page to host': { samples: fromModelPage, isMessage: isFromModelPage, optional: [] },
  'usage page to host': { samples: fromUsagePage, isMessage: isFromUsagePage, optional: ['whatIf.model'] },
};

for (const [name, { samples, isMessage, optional }] of Object.entries(directions)) {
  suite(`Messages from ${name}`, () => {
    for (const message of Object.values(samples)) {
      test(`${message.type} is let in`, () => {
        assert.equal(isMessage(message), true);
        // As it arrives.
        assert.equal(isMessage(JSON.parse(JSON.stringify(message))), true);
      });

      for (const field of Object.keys(message).filter(each => each !== 'type')) {
        test(`${message.type} is refused with another kind of ${field}, and without it if it is needed`, () => {
          const { [field]: value, ...rest } = message as Readonly<Record<string, unknown>>;
          const others = [null, () => value, Symbol('x'), ...othersThan(value)];
          for (const other of others)
            assert.equal(
              isMessage({ ...rest, [field]: other }),
              false,
              `with ${JSON.stringify(other) ?? typeof other}`,
            );
          assert.equal(isMessage(rest), optional.includes(`${message.type}.${field}`));
        });
      }
    }

    test('anything else is refused', () => {
      const others: unknown[] = [undefined, null, 5, 'ready', [], {}, Symbol('ready'), () => 'ready'];
      for (const type of ['toString', '__proto__', 'constructor', 'nope', '', 5, null, ['ready'], {}])
        others.push({ type });
      for (const other of others) assert.equal(isMessage(other), false);
    });

    test('random messages are refused without an error, but for those that are well-formed', () => {
      const random = randomOf(20_261);
      const types = Object.keys(samples);
      for (let at = 0; at < runs; at += 1) {
        const type = pick(types, random);
        const message: Record<string, unknown> = { ...(samples[type] as object) };
        // One of three fields keeps its good value, so that not everything fails at the first one.
        for (const field of Object.keys(message))
          if (random() < 0.67 && field !== 'type') message[field] = randomValue(random, 3);
        if (random() < 0.2) message.type = randomValue(random, 1);
        if (random() < 0.2)
          message[pick(['__proto__', 'toJSON', 'length', 'extra'], random)] = randomValue(random, 2);
        if (isMessage(message)) assertWellFormed(message, samples);
      }
    });
  });
}

suite('Messages of both pages', () => {
  test('of the usage page narrow the list by known conditions only', () => {
    const list = (filter: unknown): unknown => ({ ...fromUsagePage.list, filter });
    const bad = [
      { origin: 'x' },
      { outcome: 'won' },
      { fromMs: -1 },
      { fromMs: '0' },
      { fromMs: 0.5 },
      { __proto__x: 'y' },
      [],
    ];
    for (const filter of bad) assert.equal(isFromUsagePage(list(filter)), false, JSON.stringify(filter));
    assert.ok(isFromUsagePage(list({})));
    assert.ok(isFromUsagePage(list({ text: undefined })));
  });

  test('of the usage page ask for pages by whole numbers', () => {
    for (const index of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      assert.equal(isFromUsagePage({ type: 'page', listId: 1, index }), false, String(index));
  });

  test('of the answer page name only actions that there are', () => {
    for (const action of ['deleteEverything', 'constructor', 'toString', ''])
      assert.equal(isFromAnswerPage({ type: 'errorAction', turnId: 't', action }), false, action);
  });
});

/** What a message that was let in must be, checked without its schema. */
function assertWellFormed(message: Readonly<Record<string, unknown>>, samples: Direction['samples']): void {
  const text = JSON.stringify(message);
  const sample = samples[String(message.type)] as Readonly<Record<string, unknown>> | undefined;
  assert.ok(sample, `let in: ${text}`);
  for (const [field, value] of Object.entries(sample)) {
    if (message[field] !== undefined) assert.equal(kindOf(message[field]), kindOf(value), `let in: ${text}`);
  }
  const { action, period, sort, filter, index } = message;
  if (message.type === 'errorAction') assert.ok(Object.keys(actionLabels).includes(String(action)), text);
  if (message.type === 'period') assert.ok(['today', 'week', 'month', 'all'].includes(String(period)), text);
  if (message.type === 'page' && samples === fromUsagePage) assert.ok(Number(index) >= 0, text);
  if (message.type !== 'list' || samples !== fromUsagePage) return;
  assert.ok(['time', 'cost', 'tokens', 'duration'].includes(String(sort)), text);
  const known = [
    'text',
    'model',
    'provider',
    'action',
    'workspace',
    'language',
    'outcome',
    'costState',
    'fromMs',
    'toMs',
  ];
  for (const name of Object.keys(filter as object)) assert.ok(known.includes(name), text);
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

/** Values of every kind but that of `value`. */
const othersThan = (value: unknown): readonly unknown[] =>
  ['text', 5, true, {}, []].filter(other => kindOf(other) !== kindOf(value));

function randomValue(random: () => number, depth: number): unknown {
  const simple = [
    undefined,
    null,
    true,
    false,
    0,
    -1,
    1.5,
    Number.NaN,
    2 ** 60,
    '',
    'ready',
    'x'.repeat(99),
    '2026',
  ];
  if (depth === 0 || random() < 0.6) return pick(simple, random);
  const size = Math.floor(random() * 4);
  if (random() < 0.5) return Array.from({ length: size }, () => randomValue(random, depth - 1));
  const names = [
    'type',
    'state',
    'conversation',
    'composer',
    'turns',
    'sent',
    'answer',
    'rows',
    'filter',
    'text',
    'id',
  ];
  const keys = Array.from({ length: size }, () => pick(names, random));
  return Object.fromEntries(keys.map(key => [key, randomValue(random, depth - 1)]));
}

function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)] as T;
}

/** The same row of numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
