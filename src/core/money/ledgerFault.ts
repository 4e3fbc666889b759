/** Why the ledger's file cannot be used just now. */
export type LedgerFaultKind =
  /** Another program holds it. */
  | 'locked'
  /** No room on the disk. */
  | 'full'
  /** The file or its folder may not be written. */
  | 'readOnly'
  /** Its content is not a sound database: it was set aside and a fresh one begun. */
  | 'damaged'
  /** A newer version of the extension has made it; this one leaves it alone. */
  | 'newer'
  /** It does not take one request as it is; it takes all others. */
  | 'refused'
  /** It cannot be opened or read, for any other reason. */
  | 'unavailable';

/** What a durable ledger rejects with when its file, not the call, is at fault. */
export class LedgerFault extends Error {
  constructor(
    readonly kind: LedgerFaultKind,
    message: string,
    /** Where the damaged file now lies, when it could be set aside. */
    readonly asidePath?: string,
  ) {
    super(message);
    this.name = 'LedgerFault';
  }
}

/** What `reading` gives; undefined when the ledger's file cannot be read. */
export async function ifReadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof LedgerFault) return undefined;
    throw error;
  }
}

/** Why the usage history cannot be read, to follow "because". */
export function ledgerFaultReason(kind: LedgerFaultKind): string {
  switch (kind) {
    case 'locked':
      return 'another program holds the usage history';
    case 'full':
      return 'the disk is full, and the usage history cannot be opened';
    case 'readOnly':
      return 'the usage history may not be opened where it lies';
    case 'damaged':
      return 'the usage history is damaged';
    case 'newer':
      return 'the usage history was written by a newer version of Ask OpenRouter';
    case 'refused':
      return 'the usage history does not take what one request says of itself';
    case 'unavailable':
      return 'the usage history cannot be opened';
  }
}

/** One plain sentence or two for the user: what happened, and what it means for them. */
export function ledgerFaultText({ kind, asidePath }: Pick<LedgerFault, 'kind' | 'asidePath'>): string {
  const kept = 'Requests are kept in memory and written as soon as that is possible again.';
  switch (kind) {
    case 'locked':
      return `Another program holds the usage history. ${kept}`;
    case 'full':
      return `The disk is full, so the usage history cannot be written. ${kept}`;
    case 'readOnly':
      return `The usage history may not be written where it lies. ${kept}`;
    case 'damaged':
      return asidePath
        ? `The usage history was damaged. It was set aside as ${asidePath}, and a fresh one was begun.`
        : `The usage history is damaged and could not be set aside. ${kept}`;
    case 'newer':
      return 'The usage history was written by a newer version of Ask OpenRouter, and is left as it is. Until this version is updated, requests are kept in memory only.';
    case 'refused':
      return 'The figures of one request could not be written to the usage history. The request is listed without them, and its cost counts as unknown.';
    case 'unavailable':
      return `The usage history cannot be opened. ${kept}`;
  }
}
