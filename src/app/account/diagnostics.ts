import { isOpenRouterOrigin } from '../../core/base/links';
import { plain, say } from '../../core/base/plainText';
import { isLoopback } from '../../core/chat/baseUrl';
import type { Failure } from '../../core/chat/failure';
import type { LedgerEntry } from '../../core/ledger/ledger';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import { LedgerFault } from '../../core/money/ledgerFault';
import type { ModelList } from '../models/modelList';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Settings } from '../settings';
import type { Clients } from './clients';
import type { Endpoints } from './endpoints';

/** What is known of the program around us; nothing of it names the user, the machine or a path. */
export interface HostFacts {
  readonly extensionVersion: string;
  readonly editorVersion: string;
  /** Such as "desktop", "web". */
  readonly editorKind: string;
  readonly platform: string;
  /** Such as "ssh-remote"; undefined when the window is local. */
  readonly remoteKind: string | undefined;
  /** VS Code's own settings of the network that decide how requests go: by name, never a host or a login. */
  readonly network: Readonly<Record<string, string>>;
}

const mostFailures = 20;

/** Puts together what helps whoever looks for a cause, and is safe to paste in public. */
export class Diagnostics {
  constructor(
    private readonly host: () => HostFacts,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly endpoints: Pick<Endpoints, 'baseUrl'>,
    private readonly models: Pick<ModelList, 'refresh' | 'cached'>,
    private readonly clients: Pick<Clients, 'account'>,
    private readonly queries: Pick<LedgerQueries, 'rows'>,
    private readonly dialogs: Pick<Dialogs, 'copy' | 'news' | 'wait'>,
    /** The one that the log's lines pass, too. */
    private readonly redact: (text: string) => string,
  ) {}

  /** Copies the text, after a check of the network. */
  async copy(): Promise<void> {
    const text = await this.dialogs.wait(say`Checking the connection for the diagnostics`, this.text());
    if (text === undefined) return;
    await this.dialogs.copy(text);
    await this.dialogs.news(say`Diagnostics copied. They hold no key, path, question or answer.`);
  }

  async text(): Promise<string> {
    const { host, settings } = this;
    const network = await this.networkLines();
    const listed = new Set(((await this.models.cached())?.models ?? []).map(({ id }) => id));
    const lines = [
      '### Ask OpenRouter diagnostics',
      ...hostLines(host()),
      '',
      '**Network check**',
      ...network,
      '',
      '**Settings**',
      ...settingLines(settings.current, this.endpoints.baseUrl, listed),
      '',
      `**Last failures** (UTC, at most ${mostFailures})`,
      ...(await this.failureLines(listed)),
    ];
    return this.redact(lines.map(line => plain(line)).join('\n'));
  }

  private async networkLines(): Promise<readonly string[]> {
    const { signal } = new AbortController();
    const listed = await this.models.refresh(signal);
    const connected = await this.clients.account();
    const key = connected.ok ? await connected.value.key(signal) : connected;
    return [
      `- list of models: ${listed.ok ? `${listed.value.length} models` : failureText(listed.failure)}`,
      `- key: ${key.ok ? 'accepted' : failureText(key.failure)}`,
    ];
  }

  private async failureLines(listed: ReadonlySet<string>): Promise<readonly string[]> {
    try {
      const [failed, cut] = await Promise.all(
        (['failed', 'interrupted'] as const).map(outcome =>
          this.queries.rows({ filter: { outcome }, limit: mostFailures }),
        ),
      );
      const rows = [...(failed?.rows ?? []), ...(cut?.rows ?? [])]
        .sort((a, b) => b.startedAt - a.startedAt)
        .slice(0, mostFailures);
      return rows.length === 0 ? ['- none'] : rows.map(row => failureLine(row, listed));
    } catch (error) {
      if (error instanceof LedgerFault) return ['- the usage history cannot be read'];
      throw error;
    }
  }
}

function hostLines({
  extensionVersion,
  editorVersion,
  editorKind,
  platform,
  remoteKind,
  network,
}: HostFacts) {
  const settings = Object.entries(network).map(([name, value]) => `${name}: ${value}`);
  return [
    `- extension ${extensionVersion}, VS Code ${editorVersion} (${editorKind}, ${platform}${remoteKind === undefined ? '' : `, ${remoteKind}`})`,
    `- ${settings.join(', ')}`,
  ];
}

/** No text of the user's, and no name that only the user's company knows. */
function settingLines(
  { parameters, systemPrompt, replacedModel, budgets, ...more }: Settings,
  baseUrl: string | undefined,
  listed: ReadonlySet<string>,
): readonly string[] {
  const { model, fallbackModels = [], provider, stop, maxPrice: _, ...numbers } = parameters;
  const values = Object.entries(numbers).filter(([, value]) => value !== undefined);
  const limits = Object.entries(budgets).filter(([, limit]) => limit !== undefined);
  const { storeText, historyEnabled, promptCache, statusBar, noBytesMs, noDataMs } = more;
  return [
    `- server: ${serverText(baseUrl)}`,
    `- model: ${modelText(model, listed)}${replacedModel === undefined ? '' : ' (set by the workspace)'}, fallbacks: ${fallbackModels.length}`,
    `- ${values.map(([name, value]) => `${name}: ${value}`).join(', ')}${stop === undefined ? '' : ', stop: set'}`,
    `- system prompt: ${systemPrompt.length} characters`,
    `- routing: ${Object.keys(provider ?? {}).join(', ') || 'none'}`,
    `- limits set: ${limits.map(([name]) => name.replace('Pico', '')).join(', ') || 'none'}`,
    `- history: ${historyEnabled}, stored text: ${storeText}, prompt cache: ${promptCache}, status bar: ${statusBar}, stall limits: ${noBytesMs / 1000} s, ${noDataMs / 1000} s`,
    `- settings that cannot be used: ${[...more.unusableLimits, ...more.unusableParameters].map(({ setting }) => setting).join(', ') || 'none'}`,
  ];
}

function serverText(baseUrl: string | undefined): string {
  if (baseUrl === undefined) return 'the setting baseUrl cannot be used';
  const { origin, hostname } = new URL(baseUrl);
  if (isOpenRouterOrigin(origin)) return origin;
  return isLoopback(hostname) ? 'one on this machine' : 'another one';
}

/** A preset or a gateway's own name can be a company's secret. */
const modelText = (model: string, listed: ReadonlySet<string>): string =>
  listed.has(model) ? model : 'one that is not in the list';

function failureLine(row: LedgerEntry, listed: ReadonlySet<string>): string {
  const { startedAt, outcome, errorKind, httpStatus, provider, requestedModel } = row;
  return [
    `- ${new Date(startedAt).toISOString()}`,
    errorKind ?? outcome,
    httpStatus === undefined ? '' : `HTTP ${httpStatus}`,
    provider ?? '',
    modelText(requestedModel, listed),
  ]
    .filter(part => part !== '')
    .join(' · ');
}

const failureText = ({ kind, httpStatus, network }: Failure): string =>
  [kind, network, httpStatus === undefined ? undefined : `HTTP ${httpStatus}`].filter(Boolean).join(', ');
