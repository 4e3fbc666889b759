/** A file that is being written. Exactly one of `commit` and `discard` ends it. */
export interface ExportFile {
  /** Appends a text, or bytes as they are; resolves when it has left memory. Rejects when the disk is full or gone. */
  write(data: string | Uint8Array): Promise<void>;
  /** Puts the finished file in its place, replacing what was there. */
  commit(): Promise<void>;
  /** Leaves nothing behind; what stood at the place stays as it was. Never rejects. */
  discard(): Promise<void>;
}

/** By the codes of Node and of VS Code's file systems. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EACCES: 'it may not be written there',
  EPERM: 'it may not be written there',
  EROFS: 'it may not be written there',
  NoPermissions: 'it may not be written there',
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is not there',
  FileNotFound: 'its folder is not there',
  EISDIR: 'a folder has that name',
  FileIsADirectory: 'a folder has that name',
};

/** Why a file could not be written, to follow a colon; `undefined` when `error` is not about a file. */
export function fileFaultReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return undefined;
  const isOfFileSystem = /^(E[A-Z]+|Unavailable|Unknown)$/.test(code);
  return reasons[code] ?? (isOfFileSystem ? `the system says “${error.message}”` : undefined);
}
