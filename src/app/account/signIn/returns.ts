import { type Disposable, Emitter, type Event } from '../../../core/base/event';
import type { Returned } from '../../ports/workbench';

/** What a browser brought back for the sign-in that waits. */
export type BroughtBack = { readonly kind: 'code'; readonly code: string } | { readonly kind: 'denied' };

const pathStart = '/sign-in/';

/** So many ended sign-ins are remembered, to tell a second return from a strange one. */
const mostEnded = 20;

/**
 * Matches what comes back from browsers with the one sign-in that waits. Anybody can have a browser follow such an
 * address: only what has the state of that sign-in counts, and only once.
 */
export class SignInReturns implements Disposable {
  private waiting: { readonly state: string; readonly take: (brought: BroughtBack) => void } | undefined;
  private ended: readonly string[] = [];
  private readonly strays = new Emitter<{ readonly isOver: boolean }>();
  /** Something came back that nobody waits for; `isOver` when it is of a sign-in that has ended. */
  readonly onDidStray: Event<{ readonly isOver: boolean }> = this.strays.event;
  private readonly subscription: Disposable;

  constructor(onDidReturn: Event<Returned>) {
    this.subscription = onDidReturn(returned => this.receive(returned));
  }

  /** The path that leads back to the sign-in with `state`. It holds the state, because a refusal may not. */
  static pathOf(state: string): string {
    return pathStart + state;
  }

  /** Resolves with what comes back for `state`; never after {@link SignInReturns.end}. */
  wait(state: string): Promise<BroughtBack> {
    return new Promise(resolve => {
      this.waiting = { state, take: resolve };
    });
  }

  /** From now on nothing is taken for `state`. */
  end(state: string): void {
    if (this.waiting?.state === state) this.waiting = undefined;
    if (!this.ended.includes(state)) this.ended = [state, ...this.ended].slice(0, mostEnded);
  }

  dispose(): void {
    this.waiting = undefined;
    this.subscription.dispose();
    this.strays.dispose();
  }

  private receive({ path, query }: Returned): void {
    const parameters = new URLSearchParams(query);
    const state = path.startsWith(pathStart) ? path.slice(pathStart.length) : '';
    // Not every server sends the state back, and none does so with a refusal.
    const isOne = parameters.getAll('state').every(each => each === state);
    const { waiting } = this;
    if (!isOne || waiting?.state !== state) {
      this.strays.fire({ isOver: isOne && this.ended.includes(state) });
      return;
    }
    this.end(state);
    const code = parameters.get('code') ?? '';
    waiting.take(code === '' || parameters.has('error') ? { kind: 'denied' } : { kind: 'code', code });
  }
}
