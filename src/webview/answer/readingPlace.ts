import type { HostLink } from '../shared/hostLink';
import { type PageMemory, toPageMemory } from './pageMemory';
import { TurnView } from './turnView';

const saveDelayMs = 200;

/** Keeps where the reader is, and which folds are open, over hiding and reloading. */
export class ReadingPlace {
  private memory: PageMemory | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: HostLink,
    private readonly isFollowing: () => boolean,
  ) {}

  /** Starts to keep the place in a conversation. Gives true when the reader had left its end before. */
  begin(conversationId: string): boolean {
    this.memory = toPageMemory(this.host.saved(), conversationId);
    return this.memory.anchor !== undefined;
  }

  /** Puts the reader back; the turns must be on the page. */
  restore(root: ParentNode): void {
    for (const name of this.memory?.open ?? []) {
      const [turnId = '', part = ''] = name.split(' ');
      const turn = findTurn(root, turnId);
      turn?.fillNow();
      const fold = turn?.querySelector(`details[data-part="${CSS.escape(part)}"]`);
      if (fold instanceof HTMLDetailsElement) fold.open = true;
    }
    const anchor = this.memory?.anchor;
    const turn = anchor ? findTurn(root, anchor.turnId) : undefined;
    if (!anchor || !turn) return;
    turn.comeNearNow();
    scrollBy({ top: turn.getBoundingClientRect().top + anchor.offset, behavior: 'instant' });
  }

  /** The reader scrolled, or opened or closed a fold. */
  changed(root: ParentNode): void {
    if (!this.memory) return;
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
