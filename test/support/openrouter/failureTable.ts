import type { Failure, FailureKind, NetworkCause } from '../../../src/core/chat/failure';
import { labelOf } from '../../../src/core/chat/failureAction';
import { describeFailure } from '../../../src/core/chat/failureText';
import { type Clock, systemClock } from '../../../src/openrouter/call/clock';
import { createChatClient } from '../../../src/openrouter/chat';
import { type Fault, faults, type Simulator } from '../simulator';
import { collect, connectTo, endingOf, sampleRequest } from './chatCalls';

/** What the user is told of a failure. */
export interface FailureRow {
  /** Of what happened. */
  readonly cause: string;
  readonly kind: FailureKind;
  readonly sentence: string;
  /** The best one first. */
  readonly buttons: readonly string[];
}

const model = 'vendor/model';
/** Every clock of the table stands still here, so that it is the same each time. */
export const tableMs = Date.UTC(2027, 0, 1, 12);
const patientMs = 600_000;

/** Waits between tries take no time; a server that is silent is given up at once, any other never. */
export const hurried: Clock = {
  ...systemClock,
  epochMs: () => tableMs,
  after: (delayMs, callback) => systemClock.after(delayMs < patientMs ? 0 : delayMs, callback),
};

/** Limits that {@link hurried} never comes to. */
export const neverStalled = { noBytesMs: patientMs, noDataMs: patientMs };

const soonStalled = { noBytesMs: 100, noDataMs: 100 };

/** Those after which there is nothing but silence. */
const isSilent = (name: string): boolean => name.startsWith('stall');

/** Answers and ways onto the wire that nothing good comes of; a test of every fault holds this list. */
const failingAnswers = /^(error-|cut|stall|empty$|finish-error$)/;

/** Whether asking for this fault ends in a failure. */
export function endsInFailure({ name, kind }: Pick<Fault, 'name' | 'kind'>): boolean {
  return kind === 'reply' || kind === 'connection' || failingAnswers.test(name);
}

/** A row for every fault of the simulator that ends in a failure. */
export async function faultRows(simulator: Simulator): Promise<readonly FailureRow[]> {
  const rows: FailureRow[] = [];
  for (const { name, description } of faults.filter(endsInFailure)) {
    const failure = await failureOfFault(simulator, name);
    // Who served a silent answer is known or not, as the machine is quick or slow.
    const told = failure && isSilent(name) ? { ...failure, provider: undefined } : failure;
    if (told) rows.push(toRow(description, told));
  }
  return rows;
}

async function failureOfFault({ url }: Simulator, name: string): Promise<Failure | undefined> {
  const [stallLimits, clock] = isSilent(name) ? [soonStalled, systemClock] : [neverStalled, hurried];
  const client = createChatClient(connectTo(url), { stallLimits, clock, random: () => 0.5 });
  // Without a pause between them the reset overtakes the words.
  const fault = name === 'cut-socket' ? `${name}:5+slow:100` : name;
  const parameters = { model: `simulator/${fault}`, maxTokens: 20_000 };
  return endingOf(await collect(client, { ...sampleRequest, parameters })).failure;
}

const offers = [{ id: 'vendor/other', price: '$1 in, $2 out per 1M tokens' }] as const;

export function toRow(cause: string, failure: Failure): FailureRow {
  const { sentence, actions } = describeFailure(failure, model);
  return {
    cause,
    kind: failure.kind,
    sentence: neutral(sentence),
    buttons: actions.flatMap(action =>
      action === 'useModel' ? offers.map(({ id }) => `Use ${id}`) : [neutral(labelOf(action, failure))],
    ),
  };
}

/** Without the name that a fault is asked for by, and without this machine's time zone. */
const neutral = (text: string): string =>
  text.replace(/simulator\/[\w-]+/g, model).replace(/\b\d{1,2}:\d{2}( ?[AP]M)?( on [\d/.]+)?/g, 'hh:mm');

const maxPrice = { prompt: '1', completion: '2', request: '0' };
/** What no server says: it is decided here, or known besides. */
const ownFailures: readonly (readonly [string, Failure])[] = [
  ['no key is stored', { kind: 'noKey' }],
  ['the setting `baseUrl` is no address', { kind: 'invalidBaseUrl', detail: 'it must start with https://' }],
  [
    'a spending limit would be passed',
    { kind: 'budget', budget: { kind: 'daily', limitUsd: '1', committedUsd: '0.9', requestUsd: '0.2' } },
  ],
  [
    'the usage history cannot be read while limits are set',
    { kind: 'limitsUnchecked', ledgerFault: 'locked' },
  ],
  ['the price varies while limits are set', { kind: 'priceNotBound', offer: { maxPrice, costUsd: '0.01' } }],
  [
    'every provider is dearer than the limits allow for',
    { kind: 'noEndpointAtPrice', maxPrice, offer: { maxPrice } },
  ],
  [
    'a setting of yours forbids the model',
    { kind: 'modelForbidden', rule: { model, setting: 'blockedModels' } },
  ],
  ['an image would go to a model that reads none', { kind: 'needsVision' }],
  ['an unknown model with a near name', { kind: 'modelNotFound', alternatives: offers }],
  [
    'the prompt is too long, and something else would do',
    {
      kind: 'contextTooLong',
      affordableTokens: 900,
      earlierTurns: 2,
      alternatives: [{ ...offers[0], contextTokens: 200_000 }],
    },
  ],
  ['the routing rules left no provider', { kind: 'noEndpoint', excludedBy: ['only', 'quantizations'] }],
  ['the privacy rules of the request left no provider', { kind: 'dataPolicy', excludedBy: ['zdr'] }],
  [
    'a free model is limited, and a paid one has its name',
    { kind: 'rateLimited', limit: 'freePerMinute', alternatives: offers },
  ],
  [
    'nothing free is left today, which is known before sending',
    { kind: 'freeQuotaUsed', retryAtMs: tableMs + 12 * 3_600_000, alternatives: offers },
  ],
  ['open requests hold the balance', { kind: 'inFlightBudget', heldUsd: '0.42' }],
  ['the key is one for managing keys', { kind: 'forbidden', obstacle: 'managementKey' }],
  ['a region is not served', { kind: 'forbidden', obstacle: 'region' }],
  ['terms are not accepted', { kind: 'forbidden', obstacle: 'terms' }],
  ['an age is not confirmed', { kind: 'forbidden', obstacle: 'age' }],
  ['a model is closed to this app', { kind: 'forbidden', obstacle: 'app' }],
  ['a budget of the workspace is used up', { kind: 'keyLimit', limit: 'workspace' }],
  ['an answer is larger than any can be', { kind: 'answerTooLarge', detail: '64 MB' }],
  ['a login page of the network answers', { kind: 'notOpenRouter', network: 'loginPage' }],
  ['anything else', { kind: 'unknown', httpStatus: 418 }],
];

const networkCauses: Readonly<Record<NetworkCause, string>> = {
  offline: 'no network',
  dns: 'no address for the name of the server',
  refused: 'nobody listens at the address',
  noConnection: 'no connection in time',
  reset: 'the connection is broken off',
  untrusted: 'a certificate of an unknown authority',
  certificateDate: 'a certificate that is not valid today',
  certificateName: 'a certificate of another server',
  tls: 'no safe connection (TLS)',
  proxyLogin: 'the proxy wants a login (407)',
  proxy: 'the proxy refuses or is not there',
  loginPage: 'a login page is in between',
};

export const ownRows: readonly FailureRow[] = ownFailures.map(([cause, failure]) => toRow(cause, failure));

export const networkRows: readonly FailureRow[] = (Object.keys(networkCauses) as NetworkCause[]).map(
  network => toRow(networkCauses[network], { kind: 'network', network }),
);

/** The page for users. */
export function troubleshootingPage(ofServer: readonly FailureRow[]): string {
  return `# Troubleshooting

Every failure is one sentence with the button that helps most first. “Details” below it has the HTTP status, the
provider, the server's own words and the ids of the request, to copy for whoever is asked for help.
**OpenRouter: Copy Diagnostics** copies versions, settings, the last failures and a check of the network: no key, no
path, no question and no answer, so that it can be pasted in public.

This page is made from what the extension really says (\`test/unit/chat/troubleshooting.test.ts\`); change the texts there
and run that test with \`ASK_OPENROUTER_WRITE_DOCS=1\`.

## What OpenRouter or a provider answers

${table(ofServer)}

## What is decided or known here

${table(ownRows)}

## The network

${table(networkRows)}
`;
}

function table(rows: readonly FailureRow[]): string {
  const lines = rows.map(
    ({ cause, sentence, buttons }) => `| ${[cause, sentence, buttons.join(', ')].map(cell).join(' | ')} |`,
  );
  return ['| What happens | What it says | Buttons, the best first |', '|---|---|---|', ...lines].join('\n');
}

const cell = (text: string): string => text.replace(/[|<]/g, '\\$&');
