import './answer.css';
import type { FromAnswerPage } from '../../protocol/answerMessages';
import { connectHost } from '../shared/hostLink';
import { onPageEvent } from '../shared/pageEvents';
import { AnswerPage } from './answerPage';
import { ComposerView } from './composerView';
import { toAnswerPageMessage } from './inbound';
import { warmUp } from './markdown/warmUp';
import { ReadingPlace } from './readingPlace';
import { RetryNotice } from './retryNotice';
import { TurnView } from './turnView';

const host = connectHost<FromAnswerPage>();

const reportError = (error: unknown): void =>
  host.post({
    type: 'pageError',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
addEventListener('error', event => reportError(event.error ?? event.message));
addEventListener('unhandledrejection', event => reportError(event.reason));

customElements.define('ask-retry-notice', RetryNotice);
customElements.define('ask-turn', TurnView);
customElements.define('ask-composer', ComposerView);
customElements.define('ask-answer-page', AnswerPage);

const page = document.querySelector<AnswerPage>('ask-answer-page');
if (!page) throw new Error('The document has no ask-answer-page');
page.place = new ReadingPlace(host, () => page.isFollowing);
onPageEvent(page, 'post', message => host.post(message as FromAnswerPage));
addEventListener('message', event => {
  const message = toAnswerPageMessage(event.data);
  if (message) page.receive(message);
});
host.post({ type: 'ready' });
requestIdleCallback(warmUp, { timeout: 1000 });
