import { plain, say } from '../../core/base/plainText';
import { noRules, type RoutingChoice, routingChoices, routingInShort } from '../../core/chat/routingChoices';
import { settings } from '../../ids';
import type { Clients } from '../account/clients';
import type { EndpointLookup } from '../models/endpointLookup';
import type { WhoSaw } from '../passport/whoSaw';
import type { Dialogs, PickItem } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Workbench } from '../ports/workbench';

interface MenuItem extends PickItem {
  readonly run: () => Promise<void>;
}

/** The addresses at which OpenRouter keeps a request within a region, by the name that `/key` has for it. */
const regions: Readonly<Record<string, { readonly name: string; readonly baseUrl: string }>> = {
  europe: { name: 'Europe', baseUrl: 'https://eu.openrouter.ai/api/v1' },
  us: { name: 'the United States', baseUrl: 'https://us.openrouter.ai/api/v1' },
};

/** The quick choices of routing and privacy: which providers may serve, and who has seen what. */
export class RoutingMenu {
  constructor(
    private readonly settings: Pick<SettingsReader, 'current' | 'useRouting' | 'useServiceTier'>,
    private readonly endpoints: Pick<EndpointLookup, 'of'>,
    private readonly clients: Pick<Clients, 'account'>,
    private readonly whoSaw: Pick<WhoSaw, 'askFile' | 'exportAll'>,
    private readonly dialogs: Pick<Dialogs, 'confirm' | 'copy' | 'news' | 'pick' | 'wait' | 'warn'>,
    private readonly workbench: Pick<Workbench, 'openSetting'>,
  ) {}

  /** Shows the choices with those in force marked, and does what is picked. */
  async open(): Promise<void> {
    const { parameters } = this.settings.current;
    const short = routingInShort(parameters);
    const picked = await this.dialogs.pick(this.items(), {
      title: say`Routing and Privacy`,
      placeHolder:
        short === '' ? say`No rule is set: OpenRouter chooses the provider` : say`In force: ${short}`,
    });
    await picked?.run();
  }

  private items(): readonly MenuItem[] {
    const { parameters } = this.settings.current;
    const isAnySet =
      Object.keys(parameters.provider ?? {}).length > 0 || parameters.serviceTier !== undefined;
    const clear: MenuItem = {
      label: say`$(clear-all) No rules`,
      detail: say`Take out every rule: OpenRouter chooses the provider`,
      run: () => this.clear(),
    };
    return [
      ...routingChoices.map(choice => this.toItem(choice)),
      {
        label: say`$(pin) Pin a provider…`,
        detail: say`Only this provider may serve ${parameters.model} and whatever else is asked`,
        run: () => this.pin(),
      },
      {
        label: say`$(globe) In a region…`,
        detail: say`Requests stay within a region where the key allows it`,
        run: () => this.chooseRegion(),
      },
      ...(isAnySet ? [clear] : []),
      {
        label: say`$(settings-gear) All rules…`,
        detail: say`The setting askOpenRouter.routing, with every rule of OpenRouter`,
        run: () => this.workbench.openSetting(settings.routing),
      },
      {
        label: say`$(eye) Who has seen a file?…`,
        detail: say`Which kept requests it left with, and to whom`,
        run: () => this.whoSaw.askFile(),
      },
      {
        label: say`$(save) Export who saw what…`,
        detail: say`For an auditor: files, lines, providers and promises of every kept request`,
        run: () => this.whoSaw.exportAll(),
      },
    ];
  }

  private toItem(choice: RoutingChoice): MenuItem {
    const isOn = choice.isOn(this.settings.current.parameters);
    return {
      // An icon that draws nothing keeps the names of all rows in one line.
      label: isOn ? say`$(check) ${choice.label}` : say`$(blank) ${choice.label}`,
      detail: plain(choice.detail),
      run: () => this.toggle(choice, !isOn),
    };
  }

  private async toggle({ rules, tier }: RoutingChoice, isOn: boolean): Promise<void> {
    if (rules) await this.settings.useRouting(rules(isOn));
    if (tier) await this.settings.useServiceTier(tier(isOn));
    await this.tell();
  }

  private async clear(): Promise<void> {
    await this.settings.useRouting(noRules);
    if (this.settings.current.parameters.serviceTier !== undefined)
      await this.settings.useServiceTier(undefined);
    await this.tell();
  }

  private async tell(): Promise<void> {
    const short = routingInShort(this.settings.current.parameters);
    await this.dialogs.news(short === '' ? say`No routing rule is in force.` : say`Routing: ${short}.`);
  }

  private async pin(): Promise<void> {
    const { model } = this.settings.current.parameters;
    const lookedUp = this.endpoints.of(model, new AbortController().signal);
    const found = await this.dialogs.wait(say`Looking up the providers of ${model}`, lookedUp);
    if (!found?.length) {
      await this.dialogs.warn(say`The providers of ${model} could not be looked up.`);
      return;
    }
    const standard = found.filter(({ serviceTier }) => serviceTier === undefined);
    const items = standard.flatMap(({ provider, tag, keepsNothing, quantization }) => {
      const slug = tag ?? provider;
      const facts = [quantization, keepsNothing === true ? 'keeps nothing' : undefined]
        .filter(Boolean)
        .join(', ');
      return slug === undefined
        ? []
        : [{ label: plain(provider ?? slug), description: plain(slug), detail: plain(facts), slug }];
    });
    const picked = await this.dialogs.pick(items, {
      title: say`Pin a Provider`,
      placeHolder: say`Who serves ${model}`,
    });
    if (!picked) return;
    await this.settings.useRouting({ only: [picked.slug], order: undefined });
    await this.tell();
  }

  /** Another address has a key of its own, so the setting is opened and nothing is changed by itself. */
  private async chooseRegion(): Promise<void> {
    const connected = await this.clients.account();
    const key = connected.ok ? await connected.value.key(new AbortController().signal) : connected;
    const allowed = key.ok ? (key.value.allowedRegions ?? []) : [];
    const open = allowed.flatMap(id => regions[id] ?? []);
    if (open.length === 0) {
      await this.dialogs.warn(
        say`The key does not allow requests to be kept within a region. OpenRouter opens that for enterprise accounts.`,
      );
      return;
    }
    const picked = await this.dialogs.pick(
      open.map(region => ({ label: say`In ${region.name}`, description: plain(region.baseUrl), ...region })),
      { title: say`In a Region`, placeHolder: say`Regions that the key allows` },
    );
    if (!picked) return;
    const copy = 'Copy Address and Open Setting';
    const choice = await this.dialogs.confirm(
      say`Send requests to ${picked.baseUrl}?`,
      say`Set askOpenRouter.baseUrl to this address. It has a key of its own, which is asked for at the next request.`,
      copy,
    );
    if (choice !== copy) return;
    await this.dialogs.copy(picked.baseUrl);
    await this.workbench.openSetting(settings.baseUrl);
  }
}
