import './soundLanguage';
import './spend.css';
import type { FromSpendPage } from '../../protocol/spendMessages';
import { connectHost } from '../shared/hostLink';
import { onPageEvent } from '../shared/pageEvents';
import { toSpendPageMessage } from './inbound';
import { RequestDetails } from './requestDetails';
import { RequestGrid } from './requestGrid';
import { RequestList } from './requestList';
import { SpendChart } from './spendChart';
import { SplitTabs } from './splitTabs';
import { UsagePage } from './usagePage';

const host = connectHost<FromSpendPage>();

const reportError = (error: unknown): void =>
  host.post({
    type: 'pageError',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
addEventListener('error', event => reportError(event.error ?? event.message));
addEventListener('unhandledrejection', event => reportError(event.reason));

customElements.define('ask-spend-chart', SpendChart);
customElements.define('ask-split-tabs', SplitTabs);
customElements.define('ask-request-grid', RequestGrid);
customElements.define('ask-request-list', RequestList);
customElements.define('ask-request-details', RequestDetails);
customElements.define('ask-usage-page', UsagePage);

const page = document.querySelector<UsagePage>('ask-usage-page');
if (!page) throw new Error('The document has no ask-usage-page');
onPageEvent(page, 'post', message => host.post(message as FromSpendPage));
addEventListener('message', event => {
  const message = toSpendPageMessage(event.data);
  if (message) page.receive(message);
});
host.post({ type: 'ready' });
