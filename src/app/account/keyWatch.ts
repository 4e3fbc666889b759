import type { Disposable } from '../../core/base/event';
import { links } from '../../core/base/links';
import { plain } from '../../core/base/plainText';
import type { Turn } from '../../core/chat/conversation';
import { isFreeId } from '../../core/chat/modelSuffix';
import { commands } from '../../ids';
import type { AskSession } from '../ask/askSession';
import type { Dialogs } from '../ports/dialogs';
import type { Workbench } from '../ports/workbench';
import type { Clients } from './clients';
import type { FreeQuota } from './freeQuota';
import { type KeyWarning, keyWarnings } from './keyWarnings';

/** After an answer the key is looked at, but not more often than this, unless few free requests are left. */
const restMs = 30 * 60 * 1000;

const buttons: Readonly<Record<KeyWarning['help'], string>> = {
  signIn: 'Sign In',
  keySettings: 'Open Key Settings',
  pickModel: 'Select Model',
};

/** Tells that the key is about to expire or to reach a limit, before a request fails of it. Each once per window. */
export class KeyWatch implements Disposable {
  private readonly told = new Set<KeyWarning['kind']>();
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private readonly subscription: Disposable;

  constructor(
    session: Pick<AskSession, 'find' | 'onDidChange'>,
    private readonly clients: Pick<Clients, 'account'>,
    private readonly freeQuota: Pick<FreeQuota, 'isLow'>,
    private readonly dialogs: Pick<Dialogs, 'news' | 'openLink'>,
    private readonly workbench: Pick<Workbench, 'runCommand'>,
    private readonly now: () => number,
    onError: (error: unknown) => void,
  ) {
    this.subscription = session.onDidChange(change => {
      if (change.type !== 'events' || !change.events.some(({ type }) => type === 'ended')) return;
      const turn = session.find(change.turnId);
      if (turn?.answer.ending?.outcome === 'completed') this.look(turn).catch(onError);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async look(turn: Turn): Promise<void> {
    const nowMs = this.now();
    const isRested = nowMs - this.lookedAtMs >= restMs;
    if (!isRested && !(isFree(turn) && (await this.freeQuota.isLow()))) return;
    this.lookedAtMs = nowMs;
    const client = await this.clients.account();
    const key = client.ok ? await client.value.key(new AbortController().signal) : client;
    if (!key.ok) return;
    const isNew = ({ kind }: KeyWarning): boolean => !this.told.has(kind);
    const [first, ...others] = keyWarnings(key.value, nowMs, isFree(turn)).filter(isNew);
    if (first === undefined) return;
    const warnings = [first, ...others];
    for (const { kind } of warnings) this.told.add(kind);
    const text = plain(warnings.map(warning => warning.text).join(' '));
    if (await this.dialogs.news(text, buttons[first.help])) await this.help(first.help);
  }

  private async help(what: KeyWarning['help']): Promise<void> {
    switch (what) {
      case 'signIn':
        return this.workbench.runCommand(commands.signIn);
      case 'keySettings':
        return this.dialogs.openLink(links.keys);
      case 'pickModel':
        return this.workbench.runCommand(commands.selectModel);
    }
  }
}

const isFree = ({ sent }: Turn): boolean => isFreeId(sent.parameters.model);
