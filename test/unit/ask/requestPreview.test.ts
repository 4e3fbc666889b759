import assert from 'node:assert/strict';
import type { AskInput } from '../../../src/app/ask/askRequest';
import { PreviewChoice } from '../../../src/app/ask/previewChoice';
import { RequestPreview } from '../../../src/app/ask/requestPreview';
import type { PickItem } from '../../../src/app/ports/dialogs';
import type { NewPreview, OpenPreview } from '../../../src/app/ports/editors';
import { FollowedSpans } from '../../../src/core/apply/followedSpans';
import type { AddedPart } from '../../../src/core/chat/addedPart';
import { succeed } from '../../../src/core/chat/result';
import { estimateCost } from '../../../src/core/money/estimate';
import { openRouter } from '../../../src/openrouter/openRouter';
import { MaskingWorld } from '../../support/maskingWorld';
import { type Simulator, startSimulator } from '../../support/simulator';
import { makeCode } from '../../support/turns';

interface Body {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

const code = makeCode({
  context: [
    { kind: 'enclosing', text: 'class Cart {' },
    { kind: 'imports', text: "import { price } from './price';" },
  ],
});
const input: AskInput = {
  title: 'Fix Selection',
  action: 'fix',
  origin: 'command',
  prompt: 'Fix it.',
  code,
  source: { uri: 'file:///shop/cart.ts', spans: new FollowedSpans([]) },
  apply: 'replace',
};

suite('preview of a request', () => {
  let simulator: Simulator;
  let world: MaskingWorld;
  let preview: RequestPreview;
  let shown: NewPreview | undefined;
  let text: string;
  /** What is ticked the next time, of what was offered. */
  let tick: (labels: readonly string[]) => readonly string[];
  let ticked: readonly string[];
  let added: readonly AddedPart[];

  setup(async () => {
    simulator = await startSimulator();
    world = new MaskingWorld(simulator);
    shown = undefined;
    added = [];
    const { endpoint } = world;
    preview = new RequestPreview({
      session: world.session,
      choice: new PreviewChoice(
        world.session,
        { gather: async () => input },
        { list: async () => [] },
        world.dialogs,
        { fresh: async () => added },
      ),
      editors: {
        openPreview: async opened => {
          shown = opened;
          text = opened.json;
        },
        activePreview: () => shown && asOpen(shown),
      },
      endpoints: { current: async () => succeed(endpoint) },
      openRouter,
      estimates: {
        of: async (messages, _id, model, maxTokens) => {
          const tokens = JSON.stringify(messages).length;
          const range = { lowTokens: tokens, tokens, highTokens: tokens, basis: 'none' } as const;
          return estimateCost(range, maxTokens, model?.pricing, 0);
        },
      },
      models: { findCached: async () => undefined },
      settings: world.settings,
      dialogs: Object.assign(world.dialogs, {
        pickMany: async <T extends PickItem>(
          items: readonly T[],
          { picked = [] }: { picked?: readonly T[] },
        ) => {
          ticked = picked.map(({ label }) => label);
          const wanted = tick(items.map(({ label }) => label));
          return items.filter(({ label }) => wanted.includes(label));
        },
      }),
      masking: world.masking,
    });
    world.dialogs.answers.push('Fix Selection');
    await preview.run();
  });
  teardown(() => simulator.dispose());

  const asOpen = ({ id }: NewPreview): OpenPreview => ({
    id,
    json: text,
    write: async json => {
      text = json;
    },
    close: async () => {
      shown = undefined;
    },
  });
  const sentMessages = (): Body['messages'] => {
    const [request] = simulator.requests;
    return (request?.body as Body | undefined)?.messages ?? assert.fail('nothing was sent');
  };
  const messages = (): Body['messages'] => (JSON.parse(text) as Body).messages;
  const tokens = async (): Promise<number> =>
    Number(/≈ ([\d,]+) tokens/.exec((await shown?.describe(text)) ?? '')?.[1]?.replace(',', ''));

  test('what was not ticked is gone from the request, and the estimate follows', async () => {
    const [before, whole] = [await tokens(), text];
    tick = labels => labels.filter(label => !/Imports|System/.test(label));
    await preview.leaveOut();
    assert.deepEqual(ticked, [
      'System prompt',
      'Code: src/a.ts, line 1',
      'Signatures around the code',
      'Imports that the code uses',
    ]);
    assert.deepEqual(
      messages().map(({ role }) => role),
      ['user'],
    );
    assert.match(text, /class Cart/);
    assert.doesNotMatch(text, /import \{ price/);
    assert.ok((await tokens()) < before);
    tick = labels => labels;
    await preview.leaveOut();
    assert.deepEqual(ticked, ['Code: src/a.ts, line 1', 'Signatures around the code']);
    assert.equal(text, whole, 'what is ticked again goes along again');
  });

  test('as it was made it is asked like any other: it says what was left out, and can be applied', async () => {
    tick = labels => labels.filter(label => !/Imports|System/.test(label));
    await preview.leaveOut();
    const wire = messages();
    await preview.run();
    const [turn] = world.turns;
    assert.equal(turn?.action, 'fix');
    assert.equal(turn.apply, 'replace');
    assert.equal(turn.sent.systemPrompt, '');
    assert.deepEqual(turn.sent.code?.context, [{ kind: 'enclosing', text: 'class Cart {' }]);
    assert.deepEqual(sentMessages(), wire);
    assert.equal(world.session.sourceOf(turn.id)?.uri, 'file:///shop/cart.ts');
  });

  test('what was added to the question is left out one by one', async () => {
    added = ['a.ts', 'b.ts'].map(name => ({ kind: 'file', name, text: `// ${name}` }) as const);
    shown = undefined;
    world.session.setDraft('Why?');
    world.dialogs.answers.push('The question in the panel');
    await preview.run();
    tick = labels => labels.filter(label => label !== 'Added: a.ts');
    await preview.leaveOut();
    assert.deepEqual(ticked.slice(-2), ['Added: a.ts', 'Added: b.ts']);
    assert.doesNotMatch(text, /\/\/ a\.ts/);
    assert.match(text, /\/\/ b\.ts/);
    await preview.run();
    assert.deepEqual(
      world.turns[0]?.sent.added?.map(({ name }) => name),
      ['b.ts'],
    );
  });

  test('without the code nothing of it leaves, and nothing is to be replaced', async () => {
    tick = () => [];
    await preview.leaveOut();
    assert.deepEqual(messages(), [{ role: 'user', content: 'Fix it.' }]);
    await preview.run();
    assert.equal(world.turns[0]?.apply, undefined);
  });

  test('what was changed by hand is sent as it stands, and overwritten only after a word', async () => {
    text = text.replace('Fix it.', 'Mend it.');
    tick = () => [];
    await preview.leaveOut();
    assert.match(text, /Mend it\./);
    assert.match(world.dialogs.shown.join('\n'), /changed this request by hand/);
    await preview.run();
    assert.match(sentMessages().at(-1)?.content ?? '', /^Mend it\./);
  });

  test('what cannot be sent is said above it', async () => {
    text = '{';
    assert.match((await shown?.describe(text)) ?? '', /^Cannot be sent: The request is no valid JSON/);
  });

  test('with no preview in front there is nothing to leave out', async () => {
    shown = undefined;
    await preview.leaveOut();
    assert.match(world.dialogs.shown.at(-1) ?? '', /open one with Preview Request/);
  });
});
