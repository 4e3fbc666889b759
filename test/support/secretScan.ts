import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A place where a secret was found that must not hold it. */
export interface Leak {
  /** File path, or the name given to a text. */
  readonly where: string;
  readonly form: 'plain' | 'base64' | 'percent-encoded' | 'utf-16' | 'hex';
}

export interface ScanTargets {
  /** Searched with everything below, hidden and binary files included. */
  readonly folders?: readonly string[];
  /** Texts by name, such as a log or a settings dump. */
  readonly texts?: Readonly<Record<string, string>>;
}

/**
 * Looks for `secret` in files and texts, in every form in which it is still readable. Throws when a folder
 * is missing or empty: a scan of nothing proves nothing.
 */
export function findLeaks(secret: string, { folders = [], texts = {} }: ScanTargets): readonly Leak[] {
  const forms = readableForms(secret);
  const search = (where: string, content: Buffer): Leak[] =>
    forms.filter(({ bytes }) => content.includes(bytes)).map(({ form }) => ({ where, form }));
  return [
    ...searchFiles(folders, search),
    ...Object.entries(texts).flatMap(([name, text]) => search(name, Buffer.from(text))),
  ];
}

/** How often a search begins anew because a file was replaced meanwhile. */
const mostSearches = 20;

/** Whoever saves puts a new file in the place of the old one: a name that was listed may be gone when it is read. */
function searchFiles(
  folders: readonly string[],
  search: (where: string, content: Buffer) => readonly Leak[],
): readonly Leak[] {
  for (let searches = 1; ; searches++) {
    try {
      return folders.flatMap(listFiles).flatMap(file => search(file, readFileSync(file)));
    } catch (error) {
      const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isGone || searches === mostSearches || !folders.every(existsSync)) throw error;
    }
  }
}

function listFiles(folder: string): readonly string[] {
  const entries: Dirent[] = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new Error(`There is no file in ${folder}`);
  return files;
}

function readableForms(secret: string): readonly { form: Leak['form']; bytes: Buffer }[] {
  return [
    { form: 'plain', bytes: Buffer.from(secret) },
    ...base64Cores(secret).map(core => ({ form: 'base64' as const, bytes: Buffer.from(core) })),
    { form: 'percent-encoded', bytes: Buffer.from(percentEncodeAll(secret)) },
    { form: 'utf-16', bytes: Buffer.from(secret, 'utf16le') },
    { form: 'hex', bytes: Buffer.from(Buffer.from(secret).toString('hex')) },
  ];
}

/** Base64 of the secret at each of the three offsets it can have in a longer text, without the border characters. */
function base64Cores(secret: string): readonly string[] {
  return [0, 1, 2].map(offset => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]).toString('base64url');
    return encoded.slice(offset === 0 ? 0 : offset + 1, -2);
  });
}

/** `encodeURIComponent` leaves letters and dashes alone: this is the form in which nothing is left alone. */
const percentEncodeAll = (text: string): string =>
  [...Buffer.from(text)].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
