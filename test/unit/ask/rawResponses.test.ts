import assert from 'node:assert/strict';
import { RawResponses } from '../../../src/app/ask/rawResponses';
import { MaskingWorld } from '../../support/maskingWorld';
import { readJsonc } from '../../support/openrouter/jsonc';
import { type Simulator, startSimulator } from '../../support/simulator';

const secret = `ghp_${'a1B2c3D4e5'.repeat(4)}`.slice(0, 40);
const input = { title: 'Why?', action: 'ask', origin: 'command', prompt: `Say ${secret} again.` } as const;

suite('raw response', () => {
  let simulator: Simulator;
  let world: MaskingWorld;

  setup(async () => {
    simulator = await startSimulator();
    world = new MaskingWorld(simulator);
  });
  teardown(() => simulator.dispose());

  const ask = async (model?: string, prompt: string = input.prompt): Promise<string> => {
    await world.session.ask({ ...input, prompt, ...(model && { parameters: { model } }) });
    await world.responses.showNewest(world.session);
    return world.opened.at(-1)?.text ?? assert.fail(world.dialogs.shown.join('\n'));
  };

  test('has every field of a streamed answer once, each known, with what the answer said', async () => {
    const text = await ask();
    const [turn] = world.turns;
    const { answer } = turn ?? assert.fail();
    const body = readJsonc(text);
    assert.equal(body.id, answer.generationId);
    assert.equal(body.model, answer.servedModel);
    assert.equal(body.provider, answer.provider);
    assert.equal(body.usage.prompt_tokens, answer.usage?.promptTokens);
    assert.equal(String(body.usage.cost), String(Number(answer.cost?.usd)));
    assert.equal(body.choices[0].finish_reason, 'stop');
    assert.equal(body.choices[0].native_finish_reason, answer.nativeFinishReason);
    assert.equal(body.choices[0].message.role, 'assistant');
    assert.ok(answer.text.startsWith(body.choices[0].message.content.slice(0, 20)));
    assert.equal(body.openrouter_metadata.attempt, 1);
    assert.doesNotMatch(text, /does not know this field/);
    assert.match(text, /^\/\/ HTTP 200 · content-type: text\/event-stream/m);
    assert.match(text, / {2}\/\/ The model that really answered.*\n {2}"model": /);
    assert.equal(world.opened[0]?.name, 'Response to Why?.jsonc');
  });

  test('holds neither the key nor a secret that was masked', async () => {
    const text = await ask('simulator/echo');
    assert.ok(!text.includes(secret), text);
    assert.ok(!text.includes('sk-or-v1-uncapped-masking'));
  });

  test('shows the body of an error, without the account’s id', async () => {
    const text = await ask('simulator/402');
    const body = readJsonc(text);
    assert.match(text, /^\/\/ HTTP 402/m);
    assert.equal(body.error.code, 402);
    assert.equal(body.user_id, 'user_…');
    assert.doesNotMatch(text, /does not know this field/);
  });

  test('says which responses are gone, and for which there was none', async () => {
    await ask();
    const [turn] = world.turns;
    const later = new RawResponses(
      { asReceived: text => text },
      { openToRead: () => assert.fail('it is gone') },
      world.dialogs,
    );
    await later.show(turn ?? assert.fail());
    await later.showNewest({ conversation: { id: 'c', turns: [] } });
    assert.deepEqual(world.dialogs.shown.slice(-2), [
      'The response is gone: responses are kept only in the memory of the window that asked, the newest 50 of them.',
      'There is no response to show yet: ask something first.',
    ]);
  });
});
