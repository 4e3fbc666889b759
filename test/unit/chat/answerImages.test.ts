import assert from 'node:assert/strict';
import { parseKeptConversation, toKeptJson } from '../../../src/app/conversations/keptConversation';
import { emptyAnswer, reduceAnswer } from '../../../src/core/chat/answer';
import { type AnswerImage, mostAnswerImages, toAnswerImage } from '../../../src/core/chat/answerImage';
import type { Turn } from '../../../src/core/chat/conversation';
import { conversationText } from '../../../src/core/chat/conversationText';
import { withinImageBound } from '../../../src/core/chat/keptImages';
import { toMessages } from '../../../src/core/prompts/messages';
import { createChatClient } from '../../../src/openrouter/chat';
import { pixelUrl, pngUrl } from '../../support/context/images';
import { collect, connectTo, patientOptions, sampleRequest } from '../../support/openrouter/chatCalls';
import { startSimulator } from '../../support/simulator';
import { makeSent, makeTurn } from '../../support/turns';

const shown = (url: string): AnswerImage => ({ kind: 'shown', url });

function turnWith(id: string, url: string): Turn {
  const added = [
    { kind: 'image', name: 'plan.png', url, mediaType: 'image/png', width: 8, height: 6 },
  ] as const;
  const turn = makeTurn({ id, sent: makeSent({ added }) });
  return { ...turn, answer: { ...turn.answer, imageCount: 1, images: [shown(url)] } };
}

suite('images in answers', () => {
  test('come as they are from the server', async () => {
    const simulator = await startSimulator();
    try {
      const client = createChatClient(connectTo(simulator.url), patientOptions);
      const parameters = { ...sampleRequest.parameters, model: 'simulator/image' };
      const events = await collect(client, { ...sampleRequest, parameters });
      const images = events.filter(event => event.type === 'image');
      assert.deepEqual(images, [{ type: 'image', image: shown(pixelUrl) }]);
    } finally {
      await simulator.dispose();
    }
  });

  test('are shown by what their bytes say; an address is a link, anything else is not shown', () => {
    const disguised = pixelUrl.replace('image/png', 'image/svg+xml');
    assert.deepEqual(toAnswerImage(disguised), shown(pixelUrl));
    assert.deepEqual(toAnswerImage('https://x.test/a.png'), { kind: 'linked', url: 'https://x.test/a.png' });
    const unreadable = { kind: 'missing', reason: 'unreadable' };
    for (const odd of ['data:image/svg+xml;base64,PHN2Zy8+', 'javascript:alert(1)', 'file:///etc/passwd', ''])
      assert.deepEqual(toAnswerImage(odd), unreadable, odd);
    const huge = `data:image/png;base64,${'A'.repeat(12_000_000)}`;
    assert.deepEqual(toAnswerImage(huge), { kind: 'missing', reason: 'tooLarge' });
  });

  test('are counted without end and kept up to a bound', () => {
    const events = Array.from({ length: mostAnswerImages + 3 }, () => shown(pixelUrl));
    const answer = events.reduce((all, image) => reduceAnswer(all, { type: 'image', image }), emptyAnswer);
    assert.deepEqual([answer.imageCount, answer.images?.length], [mostAnswerImages + 3, mostAnswerImages]);
  });

  test('of a conversation the newest are kept, and what older ones were is still said', () => {
    const turns = ['1', '2', '3'].map(id => turnWith(id, pngUrl(8, 6, 3000)));
    const conversation = { id: 'talk', turns };
    assert.equal(withinImageBound(conversation), conversation);
    const kept = withinImageBound(conversation, 20_000);
    assert.deepEqual(
      kept.turns.map(({ answer }) => answer.images?.[0]?.kind),
      ['missing', 'shown', 'shown'],
    );
    const [first, second] = kept.turns;
    assert.ok(first && second);
    const [, question] = toMessages([], first.sent);
    assert.equal(question?.images, undefined);
    assert.match(question?.content ?? '', /An image that does not go along again: plan\.png, 8 × 6 pixels/);
    assert.equal(toMessages([], second.sent)[1]?.images?.length, 1);
    const read = parseKeptConversation(toKeptJson({ conversation: kept, draft: '' }))?.conversation;
    assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(kept)));
    const head = { title: 'Talk', workspace: undefined, createdAtMs: 0, changedAtMs: 0 };
    assert.match(
      conversationText('markdown', head, kept),
      /plan\.png \(image 8 × 6\)[\s\S]*\(an image, which/,
    );
    assert.doesNotMatch(conversationText('markdown', head, kept), /base64/);
  });
});
