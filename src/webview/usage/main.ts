import './validLanguage';
import './usage.css';
import type { FromUsagePage } from '../../protocol/usageMessages';
import { connectHost } from '../shared/hostLink';
import { onPageEvent } from '../shared/pageEvents';
import { toUsagePageMessage } from './inbound';
import { RequestDetails } from './requestDetails';
import { RequestGrid } from './requestGrid';
import { RequestList } from './requestList';
import { SplitTabs } from './splitTabs';
import { UsageChart } from './usageChart';
import { UsagePage } from './usagePage';

const host = connectHost<FromUsagePage>();

const reportError = (error: unknown): void =>
  host.post({
    type: 'pageError',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
addEventListener('error', event => reportError(event.error ?? event.message));
addEventListener('unhandledrejection', event => reportError(event.reason));

customElements.define('ask-usage-chart', UsageChart);
customElements.define('ask-split-tabs', SplitTabs);
customElements.define('ask-request-grid', RequestGrid);
customElements.define('ask-request-list', RequestList);
customElements.define('ask-request-details', RequestDetails);
customElements.define('ask-usage-page', UsagePage);

const page = document.querySelector<UsagePage>('ask-usage-page');
if (!page) throw new Error('The document has no ask-usage-page');
onPageEvent(page, 'post', message => host.post(message as FromUsagePage));
addEventListener('message', event => {
  const message = toUsagePageMessage(event.data);
  if (message) page.receive(message);
});
host.post({ type: 'ready' });
