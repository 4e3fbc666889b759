import { type PlainText, say } from '../core/base/plainText';
import { fileFaultReason } from '../core/usage/exportFile';
import type { Dialogs, ExportTarget } from './ports/dialogs';

/**
 * Has `write` fill the file at `target`, and tells the user: the sentence that it resolves to, with a button that shows
 * the file, or why there is no file. Nothing is told when it resolves to undefined: the user has cancelled it.
 */
export async function exportToFile(
  dialogs: Pick<Dialogs, 'news' | 'warn' | 'revealFile'>,
  target: ExportTarget,
  write: () => Promise<PlainText | undefined>,
): Promise<void> {
  let written: PlainText | undefined;
  try {
    written = await write();
  } catch (error) {
    const reason = fileFaultReason(error);
    if (reason === undefined) throw error;
    await dialogs.warn(say`${target.name} could not be written: ${reason}. Nothing of it was left behind.`);
    return;
  }
  if (written === undefined) return;
  const isShown = await dialogs.news(written, target.path === undefined ? undefined : 'Show File');
  if (isShown && target.path !== undefined) await dialogs.revealFile(target.path);
}

/** Writes what is in memory already. Rejects when it cannot; then nothing of it is left behind. */
export async function writeWhole(target: ExportTarget, data: string | Uint8Array): Promise<void> {
  const file = await target.open();
  try {
    await file.write(data);
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}
