import assert from 'node:assert/strict';
import { applyWithoutAsking } from '../../../src/app/apply/applyWithoutAsking';
import type { AskInput } from '../../../src/app/ask/askRequest';
import { AskWorld, input } from '../../support/askWorld';
import { makeCode } from '../../support/turns';

const refactor: AskInput = { ...input, action: 'refactor', apply: 'replace', code: makeCode() };

suite('applying without asking', () => {
  let world: AskWorld;
  const applied: string[] = [];
  setup(() => {
    world = new AskWorld();
    applied.length = 0;
    const proposals = { applyNow: async (id: string) => void applied.push(id) };
    applyWithoutAsking(world.session, proposals, world.settings, error => assert.fail(String(error)));
  });
  teardown(() => world.session.dispose());

  test('is off until the user says so', async () => {
    await world.session.ask(refactor);
    assert.deepEqual(applied, []);
  });

  test('happens once for each complete answer of the action that the user named', async () => {
    world.settings.set({ appliedWithoutAsking: ['refactor'] });
    await world.session.ask(refactor);
    await world.session.ask({ ...refactor, action: 'fix' });
    await world.session.ask({ ...refactor, apply: undefined });
    assert.deepEqual(applied, [world.turns[0]?.id]);
  });

  test('never happens for an answer that was cut off', async () => {
    world.settings.set({ appliedWithoutAsking: ['refactor'] });
    world.answer = async function* () {
      yield { type: 'text', text: 'Half' };
      yield { type: 'ended', ending: { outcome: 'truncated', durationMs: 1 } };
    };
    await world.session.ask(refactor);
    world.failure = 'network';
    await world.session.ask(refactor);
    assert.deepEqual(applied, []);
  });
});
