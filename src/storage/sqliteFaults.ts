import { LedgerFault, type LedgerFaultKind } from '../core/money/ledgerFault';

/** Primary result codes: https://www.sqlite.org/rescode.html */
const kindOfResult: ReadonlyMap<number, LedgerFaultKind> = new Map([
  [3, 'readOnly'], // PERM
  [5, 'locked'], // BUSY
  [6, 'locked'], // LOCKED
  [8, 'readOnly'], // READONLY
  [10, 'unavailable'], // IOERR
  [11, 'damaged'], // CORRUPT
  [13, 'full'], // FULL
  [14, 'unavailable'], // CANTOPEN
  [15, 'locked'], // PROTOCOL: gave up waiting for a WAL lock
  [26, 'damaged'], // NOTADB
]);

const kindOfSystemError: Readonly<Record<string, LedgerFaultKind>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'readOnly',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EBUSY: 'locked',
  ERR_UNKNOWN_BUILTIN_MODULE: 'unavailable',
};

/** The fault behind what SQLite or the file system threw; `undefined` when the call itself was wrong. */
export function toLedgerFault(error: unknown): LedgerFault | undefined {
  if (error instanceof LedgerFault) return error;
  if (!(error instanceof Error)) return undefined;
  const { errcode, code = '' } = error as { errcode?: unknown; code?: string };
  const kind =
    typeof errcode === 'number'
      ? kindOfResult.get(errcode & 0xff)
      : (kindOfSystemError[code] ?? systemKind(code));
  return kind && new LedgerFault(kind, error.message);
}

function systemKind(code: string): LedgerFaultKind | undefined {
  return /^E[A-Z]+$/.test(code) ? 'unavailable' : undefined;
}
