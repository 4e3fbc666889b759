import type { HostLink } from '../shared/hostLink';
import { type PageMemory, toPageMemory } from './pageMemory';
import { TurnView } from './turnView';

const saveDelayMs = 200;

/** Keeps where the reader is, and which folds are open, while the page is hidden or reloaded. */
export class ReadingPlace {
  private memory: PageMemory | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What is not restored yet, because its turns have not come. */
  private openToRestore: readonly string[] = [];
  private anchorToRestore: PageMemory['anchor'];

  constructor(
    private readonly host: HostLink,
    private readonly isFollowing: () => boolean,
  ) {}

  /** Starts to keep the place in a conversation. True when the reader was not at its end before the reload. */
  begin(conversationId: string): boolean {
    this.memory = toPageMemory(this.host.saved(), conversationId);
    this.openToRestore = this.memory.open;
    this.anchorToRestore = this.memory.anchor;
    return this.memory.anchor !== undefined;
  }

  /** Opens folds and scrolls back to where the reader was, as far as the turns have come. `isLast`: all have. */
  restore(root: ParentNode, isLast: boolean): void {
    this.openToRestore = this.openToRestore.filter(name => !openFold(root, name) && !isLast);
    const anchor = this.anchorToRestore;
    const turn = anchor ? findTurn(root, anchor.turnId) : undefined;
    if (turn || isLast) this.anchorToRestore = undefined;
    if (!anchor || !turn) return;
    turn.comeNearNow();
    scrollBy({ top: turn.getBoundingClientRect().top + anchor.offset, behavior: 'instant' });
  }

  /** The reader scrolled, or opened or closed a fold. */
  changed(root: ParentNode): void {
    if (!this.memory || this.anchorToRestore || this.openToRestore.length > 0) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(root), saveDelayMs);
  }

  private save(root: ParentNode): void {
    if (!this.memory) return;
    const folds = root.querySelectorAll<HTMLDetailsElement>('ask-turn details[data-part][open]');
    this.memory = {
      conversationId: this.memory.conversationId,
      anchor: this.isFollowing() ? undefined : topTurn(),
      open: [...folds].map(fold => `${turnIdOf(fold)} ${fold.dataset.part}`),
    };
    this.host.save(this.memory);
  }
}

/** Opens the fold that is remembered as `name`; false when its turn is not there. */
function openFold(root: ParentNode, name: string): boolean {
  const [turnId = '', part = ''] = name.split(' ');
  const turn = findTurn(root, turnId);
  turn?.fillNow();
  const fold = turn?.querySelector(`details[data-part="${CSS.escape(part)}"]`);
  if (fold instanceof HTMLDetailsElement) fold.open = true;
  return turn !== undefined;
}

function findTurn(root: ParentNode, turnId: string): TurnView | undefined {
  const turn = root.querySelector(`[data-turn-id="${CSS.escape(turnId)}"]`)?.closest('ask-turn');
  return turn instanceof TurnView ? turn : undefined;
}

const turnIdOf = (element: Element): string =>
  element.closest('[data-turn-id]')?.getAttribute('data-turn-id') ?? '';

function topTurn(): PageMemory['anchor'] {
  for (const turn of document.querySelectorAll<TurnView>('ask-turn')) {
    const { top, bottom } = turn.getBoundingClientRect();
    if (bottom > 0) return { turnId: turn.shownTurn.id, offset: -top };
  }
  return undefined;
}
