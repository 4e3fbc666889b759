import assert from 'node:assert/strict';
import { ActiveConversation } from '../../../src/app/ask/activeConversation';
import type { Asker } from '../../../src/app/ask/asker';
import { ConversationKeeper } from '../../../src/app/conversations/conversationKeeper';
import type { ConversationStore } from '../../../src/app/ports';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import { makeTurn } from '../../support/turns';

suite('ConversationKeeper', () => {
  test('does not look at the setting for every token of a streaming answer', async () => {
    const conversation = new ActiveConversation({} as Asker, () => 'id');
    const store = { save: async () => {}, remove: async () => {} } as Partial<ConversationStore>;
    let looks = 0;
    const isEnabled = (): boolean => {
      looks += 1;
      return true;
    };
    const keeper = new ConversationKeeper(
      conversation,
      store as ConversationStore,
      isEnabled,
      assert.ifError,
    );
    await conversation.runEvents(makeTurn(), async function* (): AsyncGenerator<AnswerEvent> {
      for (let token = 0; token < 1000; token++) yield { type: 'text', text: 'word ' };
    });
    await keeper.flush();
    keeper.dispose();
    conversation.dispose();
    assert.ok(looks < 10, `${looks} looks at the setting for 1000 tokens`);
  });

  test('once nothing may be kept, what was kept goes, and nothing comes back', async () => {
    const conversation = new ActiveConversation({} as Asker, () => 'id');
    const calls: string[] = [];
    const store: Partial<ConversationStore> = {
      save: async () => void calls.push('save'),
      remove: async () => void calls.push('remove'),
      load: async () => assert.fail('What must not be kept was read'),
    };
    let isEnabled = true;
    const keeper = new ConversationKeeper(
      conversation,
      store as ConversationStore,
      () => isEnabled,
      assert.ifError,
    );
    keeper.draft = 'Unsent';
    isEnabled = false;
    keeper.followSetting();
    await keeper.flush();
    assert.deepEqual(calls, ['remove']);
    assert.equal(await keeper.restore(), false);
    assert.deepEqual(calls, ['remove', 'remove']);
    keeper.dispose();
    conversation.dispose();
  });
});
