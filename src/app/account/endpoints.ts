import { parseBaseUrl } from '../../core/chat/baseUrl';
import type { Endpoint } from '../../core/chat/endpoint';
import { fail, type Result, succeed } from '../../core/chat/result';
import type { Keys } from '../ports/keys';
import type { SettingsReader } from '../ports/settingsReader';

/** The endpoint that the settings and the key store name at the moment of asking. */
export class Endpoints {
  constructor(
    private readonly keys: Pick<Keys, 'get'>,
    private readonly settings: SettingsReader,
  ) {}

  /** The base URL in force; undefined when the setting is unusable. */
  get baseUrl(): string | undefined {
    const base = parseBaseUrl(this.settings.current.baseUrl);
    return base.ok ? base.url : undefined;
  }

  /** The endpoint in force, with its key if one is stored; `invalidBaseUrl` when the setting is unusable. */
  async current(): Promise<Result<Endpoint>> {
    const settings = this.settings.current;
    const base = parseBaseUrl(settings.baseUrl);
    if (!base.ok) return fail({ kind: 'invalidBaseUrl', detail: base.problem });
    return succeed({
      baseUrl: base.url,
      origin: base.origin,
      apiKey: await this.keys.get(base.origin),
      attribution: settings.attribution,
      noBytesMs: settings.noBytesMs,
      noDataMs: settings.noDataMs,
    });
  }

  /** Like {@link current}, but `noKey` when no key is stored. */
  async currentWithKey(): Promise<Result<Endpoint>> {
    const endpoint = await this.current();
    return endpoint.ok && endpoint.value.apiKey === undefined ? fail({ kind: 'noKey' }) : endpoint;
  }
}
