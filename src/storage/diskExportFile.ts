import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { ExportFile } from '../core/usage/exportFile';

/**
 * A file on this machine, at an absolute path. It is written under another name beside its place, so that
 * nobody ever finds half of it there.
 */
export async function openDiskExportFile(path: string): Promise<ExportFile> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.partial`;
  const handle = await open(draft, 'wx');
  return {
    write: async data => void (await handle.writeFile(data, 'utf8')),
    commit: async () => {
      await handle.sync();
      await handle.close();
      await rename(draft, path);
    },
    discard: async () => {
      // The folder may be gone by now; what cannot be removed is not worth a second failure.
      await Promise.allSettled([handle.close()]);
      await Promise.allSettled([rm(draft, { force: true })]);
    },
  };
}
