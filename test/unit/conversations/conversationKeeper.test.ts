import assert from 'node:assert/strict';
import { ConversationKeeper } from '../../../src/app/conversations/conversationKeeper';
import type { KeptConversation } from '../../../src/app/conversations/keptConversation';
import type { JsonStore } from '../../../src/app/ports/jsonStore';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import { AskWorld, input } from '../../support/askWorld';
import { makeTurn } from '../../support/turns';

/** A store that writes down what is done to it. */
class FakeStore implements JsonStore<KeptConversation> {
  readonly calls: string[] = [];
  saved: KeptConversation | undefined;

  async read(): Promise<undefined> {
    this.calls.push('read');
  }

  async write(kept: KeptConversation): Promise<void> {
    this.calls.push('write');
    this.saved = kept;
  }

  async remove(): Promise<void> {
    this.calls.push('remove');
  }
}

suite('ConversationKeeper', () => {
  let world: AskWorld;
  let store: FakeStore;
  let keeper: ConversationKeeper;
  const keep = (): void => {
    keeper = new ConversationKeeper(world.session, store, world.settings, assert.ifError);
  };

  setup(() => {
    world = new AskWorld();
    store = new FakeStore();
  });
  teardown(() => {
    keeper.dispose();
    world.session.dispose();
  });

  test('saves the conversation and the draft', async () => {
    keep();
    world.session.setDraft('And then?');
    await world.session.ask(input);
    await keeper.flush();
    assert.deepEqual(store.saved, { conversation: world.session.conversation, draft: 'And then?' });
  });

  test('saves what goes along as it changes, also without a text, and nothing of it with the history off', async () => {
    keep();
    const { list } = world.context;
    list.addPart({ kind: 'clipboard', name: 'Clipboard', text: 'copied' });
    await keeper.flush();
    assert.equal(store.saved?.added?.length, 1);
    list.remove(list.items.map(({ id }) => id));
    await keeper.flush();
    assert.deepEqual(store.calls, ['write', 'remove']);
    world.settings.set({ historyEnabled: false });
    store.calls.length = 0;
    list.addPart({ kind: 'clipboard', name: 'Clipboard', text: 'copied' });
    await keeper.flush();
    assert.deepEqual(store.calls, []);
  });

  test('what is added before anything is shown costs nothing of what was kept', async () => {
    const conversation = { id: 'kept', turns: [makeTurn()] };
    const [one, other] = ['one', 'other'].map(
      name => ({ part: { kind: 'clipboard', name, text: name } }) as const,
    );
    assert.ok(one && other);
    world.kept = { conversation, draft: 'Unsent', added: [one] };
    keep();
    world.context.list.addPart(other.part);
    await keeper.flush();
    assert.deepEqual(store.saved, { conversation, draft: 'Unsent', added: [one, other] });
  });

  test('does not look at the setting for every token of a streaming answer', async () => {
    keep();
    world.settings.looks = 0;
    await world.session.fill(makeTurn(), async function* (): AsyncGenerator<AnswerEvent> {
      for (let token = 0; token < 1000; token++) yield { type: 'text', text: 'word ' };
    });
    await keeper.flush();
    assert.ok(world.settings.looks < 10, `${world.settings.looks} looks at the setting for 1000 tokens`);
  });

  test('once nothing may be kept, what was kept goes, and nothing is written again', async () => {
    keep();
    world.session.setDraft('Unsent');
    world.settings.set({ historyEnabled: false });
    await keeper.flush();
    assert.deepEqual(store.calls, ['remove']);
    await world.session.ask(input);
    await keeper.flush();
    assert.deepEqual(store.calls, ['remove']);
  });

  test('without a history the disk is left alone, whatever runs or changes', async () => {
    world.settings.set({ historyEnabled: false });
    keep();
    store.calls.length = 0;
    for (let asked = 0; asked < 3; asked++) await world.session.ask(input);
    world.settings.set({ storeText: true });
    await keeper.flush();
    assert.deepEqual(store.calls, []);
  });

  test('switching the history off twice removes what was kept in between', async () => {
    keep();
    for (const historyEnabled of [false, false, true, true, false]) world.settings.set({ historyEnabled });
    await keeper.flush();
    assert.deepEqual(store.calls, ['remove', 'remove']);
  });

  test('a history that is switched on again keeps what is there', async () => {
    world.settings.set({ historyEnabled: false });
    keep();
    await world.session.ask(input);
    world.settings.set({ historyEnabled: true });
    await keeper.flush();
    assert.equal(store.saved?.conversation.turns.length, 1);
  });
});
