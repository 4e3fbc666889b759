import assert from 'node:assert/strict';
import {
  ask,
  events,
  type RawAnswer,
  rawRequest,
  textOf,
  valueAt,
} from '../../support/simulator/client/rawClient';
import { faults, type Simulator, startSimulator } from '../../support/simulator/index';

const key = 'sk-or-v1-test';
const message = 'one two three 👍🏽 four five שלום six';
type Check = (answer: RawAnswer, simulator: Simulator) => void;

const last = (answer: RawAnswer) => events(answer.text).at(-1);
const isDone = (answer: RawAnswer) => /data: ?\[DONE\]\r?\n\r?\n$/.test(answer.text);
const finishReasons = (answer: RawAnswer) =>
  events(answer.text)
    .map(event => valueAt(event, 'choices.0.finish_reason'))
    .filter(reason => typeof reason === 'string');
const isWhole: Check = answer => {
  assert.equal(textOf(answer.text), message);
  assert.ok(isDone(answer));
};

/** What the bytes of each framing look like; the stalls have tests of their own. */
const checks: Readonly<Record<string, Check>> = {
  'error-first': answer => {
    assert.equal(events(answer.text).length, 1);
    assert.equal(valueAt(last(answer), 'error.message'), 'Provider disconnected');
    assert.deepEqual(finishReasons(answer), ['error']);
  },
  'error-first-bare': answer => {
    assert.equal(events(answer.text).length, 1);
    assert.equal(valueAt(last(answer), 'error.code'), 502);
    assert.equal(valueAt(last(answer), 'choices'), undefined);
  },
  'error-mid': answer => {
    assert.equal(events(answer.text).length, 6);
    assert.equal(valueAt(last(answer), 'error.code'), 502);
    assert.ok(!isDone(answer));
  },
  'error-mid-string': answer => assert.equal(valueAt(last(answer), 'error.code'), 'server_error'),
  cut: answer => {
    assert.ok(answer.complete);
    assert.equal(events(answer.text).length, 5);
    assert.deepEqual(finishReasons(answer), []);
    assert.ok(!isDone(answer));
  },
  'cut-socket': answer => {
    assert.ok(!answer.complete);
    assert.equal(events(answer.text).length, 5);
  },
  'no-done': answer => {
    assert.ok(!isDone(answer));
    assert.deepEqual(finishReasons(answer), ['stop', 'stop']);
    assert.ok(valueAt(last(answer), 'usage.cost'));
  },
  'no-finish': answer => {
    isWhole(answer, simulatorOf);
    assert.deepEqual(finishReasons(answer), []);
  },
  slow: isWhole,
  bytes: (answer, simulator) => {
    isWhole(answer, simulator);
    assert.ok(answer.pieces.every(piece => piece.length === 1));
  },
  slices: answer => assert.ok(answer.pieces.every(piece => piece.length <= 7)),
  'utf8-split': (answer, simulator) => {
    isWhole(answer, simulator);
    const broken = answer.pieces.filter(piece => piece.toString('utf8').includes('\uFFFD'));
    assert.ok(broken.length >= 2 * 4);
  },
  'one-packet': (answer, simulator) => {
    isWhole(answer, simulator);
    assert.ok(answer.pieces.length <= Math.ceil(answer.bytes.length / 65_536));
  },
  crlf: answer => {
    assert.equal(textOf(answer.text), message);
    assert.equal(answer.text.replaceAll('\r\n', '').includes('\n'), false);
    assert.ok(answer.text.endsWith('data: [DONE]\r\n\r\n'));
  },
  'no-space': answer => assert.ok(answer.text.includes('\n\ndata:{"id"')),
  'no-comments': answer => assert.ok(answer.text.startsWith('data: ')),
  'bare-comments': answer => assert.ok(answer.text.startsWith(':\n\n')),
  'many-comments': answer => assert.equal(answer.text.split(': OPENROUTER PROCESSING\n\n').length, 201),
  'usage-repeated': answer => {
    assert.equal(valueAt(last(answer), 'choices.0.finish_reason'), 'stop');
    assert.ok(valueAt(last(answer), 'usage.cost'));
  },
  'usage-null-finish': answer => {
    assert.equal(valueAt(last(answer), 'choices.0.finish_reason'), null);
    assert.ok(valueAt(last(answer), 'usage.cost'));
  },
  'usage-no-choices': answer => {
    assert.deepEqual(valueAt(last(answer), 'choices'), []);
    assert.ok(valueAt(last(answer), 'usage.cost'));
  },
  'usage-no-cost': answer => {
    assert.ok(valueAt(last(answer), 'usage.total_tokens'));
    assert.equal(valueAt(last(answer), 'usage.cost'), undefined);
  },
  'no-usage': (answer, simulator) => {
    assert.ok(events(answer.text).every(event => event.usage === undefined));
    assert.deepEqual(finishReasons(answer), ['stop']);
    assert.equal(simulator.bill.entries.length, 1);
  },
  'debug-chunk': answer => {
    assert.deepEqual(events(answer.text)[0]?.choices, []);
    assert.ok(events(answer.text)[0]?.debug);
  },
  padded: isWhole,
};
const stalls = ['stall', 'stall-comments', 'stall-first-byte', 'stall-first-token'];
let simulatorOf: Simulator;

suite('simulator: ways onto the wire', () => {
  const post = (model: string, more = {}) =>
    rawRequest(`${simulatorOf.url}/chat/completions`, { key, body: ask(model, message, more) });

  setup(async () => {
    simulatorOf = await startSimulator();
  });
  teardown(() => simulatorOf.dispose());

  test('every framing has a check here', () => {
    const names = faults.filter(fault => fault.kind === 'delivery').map(fault => fault.name);
    assert.deepEqual(names.toSorted(), [...Object.keys(checks), ...stalls].toSorted());
  });

  for (const [name, check] of Object.entries(checks)) {
    test(`${name} is what it says`, async () => {
      const parameter = name === 'slow' ? ':1000' : '';
      const answer = await post(`simulator/${name}${parameter}+echo`);
      assert.equal(answer.status, 200);
      check(answer, simulatorOf);
    });
  }

  test('framings combine', async () => {
    const answer = await post('simulator/echo+crlf+bytes+usage-no-choices');
    assert.equal(textOf(answer.text), message);
    assert.ok(answer.pieces.every(piece => piece.length === 1));
    assert.ok(answer.text.includes('\r\n'));
    assert.deepEqual(valueAt(last(answer), 'choices'), []);
  });

  test('null content keeps the words and has nulls between them', async () => {
    const answer = await post('simulator/null-content+echo');
    assert.equal(textOf(answer.text), message);
    assert.ok(answer.text.includes('"content":null'));
    const whole = await post('simulator/null-content+empty', { stream: false });
    assert.equal(valueAt(JSON.parse(whole.text), 'choices.0.message.content'), null);
  });

  test('an answer that is not streamed can be padded, cut and an error', async () => {
    const padded = await post('simulator/padded+echo', { stream: false });
    assert.match(padded.text, /^\s{10,}\{/);
    assert.equal(valueAt(JSON.parse(padded.text), 'choices.0.message.content'), message);
    const cut = await post('simulator/cut+echo', { stream: false });
    assert.throws(() => JSON.parse(cut.text), SyntaxError);
    const first: unknown = JSON.parse((await post('simulator/error-first', { stream: false })).text);
    assert.equal(valueAt(first, 'error.code'), 502);
    assert.equal(valueAt(first, 'choices'), undefined);
    const mid: unknown = JSON.parse((await post('simulator/error-mid+echo', { stream: false })).text);
    assert.equal(valueAt(mid, 'choices.0.finish_reason'), 'error');
    assert.equal(valueAt(mid, 'choices.0.error.code'), 502);
    assert.equal(valueAt(mid, 'choices.0.message.content'), 'one two three 👍🏽'.slice(0, -2));
  });

  for (const name of stalls) {
    test(`${name} lasts until the client leaves`, async () => {
      const wantsComments = name === 'stall-comments' || name === 'stall-first-token';
      const parameter = name === 'stall-comments' ? ':2,1' : name === 'stall-first-token' ? ':1' : '';
      const ended = new Promise<{ readonly aborted: boolean }>(resolve => {
        simulatorOf.onDidEndStream(resolve);
      });
      const pending = rawRequest(`${simulatorOf.url}/chat/completions`, {
        key,
        body: ask(`simulator/${name}${parameter}+echo+no-comments`, message),
        leaveWhen: received => {
          const text = received.toString('utf8');
          if (wantsComments) return text.split(': OPENROUTER').length > 4;
          return events(text.replace(/\n\n[^\n]*$/, '\n\n')).length >= 5;
        },
      });
      if (name === 'stall-first-byte') {
        await new Promise<void>(resolve => {
          simulatorOf.onDidReceive(() => resolve());
        });
        assert.equal(simulatorOf.bill.entries.length, 0);
        await simulatorOf.dispose();
      }
      const answer = await pending;
      assert.ok(!answer.complete);
      assert.equal((await ended).aborted, true);
      const tokens = { stall: 5, 'stall-comments': 2 }[name] ?? 0;
      assert.equal(simulatorOf.bill.entries[0]?.tokens.completion, tokens);
      assert.equal(simulatorOf.activeStreams, 0);
    });
  }
});
