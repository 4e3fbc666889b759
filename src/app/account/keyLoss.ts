import { links } from '../../core/base/links';
import { say } from '../../core/base/plainText';
import { commands } from '../../ids';
import type { Dialogs } from '../ports/dialogs';
import type { Keys } from '../ports/keys';
import type { Workbench } from '../ports/workbench';
import type { Endpoints } from './endpoints';

/** Tells once that a key is gone which was stored and not removed: the keyring did not keep it over a restart. */
export async function tellOfLostKey(
  endpoints: Pick<Endpoints, 'current'>,
  keys: Pick<Keys, 'hasFact' | 'removeFact'>,
  dialogs: Pick<Dialogs, 'openLink' | 'warn'>,
  workbench: Pick<Workbench, 'runCommand'>,
): Promise<void> {
  const endpoint = await endpoints.current();
  if (!endpoint.ok || endpoint.value.apiKey !== undefined) return;
  const { origin } = endpoint.value;
  if (!keys.hasFact('keyStored', origin)) return;
  await keys.removeFact('keyStored', origin);
  const signIn = 'Sign In';
  const setKey = 'Set API Key';
  const help = 'Learn More';
  const choice = await dialogs.warn(
    say`The API key for ${origin} is gone: the secret storage of VS Code did not keep it. On Linux, install and unlock a keyring, such as GNOME Keyring or KWallet. Then sign in again or set the key.`,
    signIn,
    setKey,
    help,
  );
  if (choice === signIn) await workbench.runCommand(commands.signIn);
  if (choice === setKey) await workbench.runCommand(commands.setApiKey);
  if (choice === help) await dialogs.openLink(links.keyring);
}
