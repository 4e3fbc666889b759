import type { Clock } from '../../../core/base/clock';
import type { Disposable } from '../../../core/base/event';
import { plain, say } from '../../../core/base/plainText';
import { unlessAborted } from '../../../core/base/wait';
import type { Endpoint } from '../../../core/chat/endpoint';
import { describeFailure } from '../../../core/chat/failureText';
import { canReturnTo, signInPage } from '../../../core/chat/signInPage';
import type { OpenRouter } from '../../../core/models/openRouter';
import type { Dialogs } from '../../ports/dialogs';
import type { Workbench } from '../../ports/workbench';
import type { ApiKeyCommands } from '../apiKeyCommands';
import type { Endpoints } from '../endpoints';
import type { EnvironmentKey } from '../environmentKey';
import type { KeyCheck } from '../keyCheck';
import { askKeyLimit } from './keyLimit';
import { type BroughtBack, SignInReturns } from './returns';
import {
  describeEnding,
  describeStray,
  lifetimeMs,
  type NextStep,
  nextSteps,
  type SignInEnding,
} from './signInEnding';
import { createSignInProof, type SignInProof } from './signInProof';

/** The browser comes back by itself, or the user pastes what the page shows. */
type Way = 'browser' | 'code';

/** What one sign-in asks for. */
interface Wish {
  readonly endpoint: Endpoint;
  readonly limitUsd: string | undefined;
}

/** Another sign-in of this window has taken its place, and speaks for both. */
type Replaced = { readonly kind: 'replaced' };

export interface SignInParts {
  readonly endpoints: Pick<Endpoints, 'current'>;
  readonly openRouter: Pick<OpenRouter, 'signIn'>;
  readonly keyCheck: Pick<KeyCheck, 'checkAndStore'>;
  readonly environment: Pick<EnvironmentKey, 'offer'>;
  readonly apiKey: Pick<ApiKeyCommands, 'set'>;
  readonly workbench: Pick<Workbench, 'openInBrowser' | 'returnAddress' | 'onDidReturn'>;
  readonly dialogs: Pick<Dialogs, 'copy' | 'error' | 'input' | 'news' | 'progress' | 'warn'>;
  readonly clock: Pick<Clock, 'schedule'>;
  readonly onError: (error: unknown) => void;
}

/** Signing in with OpenRouter: OAuth with PKCE, which ends with a key in the secret storage. One at a time. */
export class SignIn implements Disposable {
  private readonly returns: SignInReturns;
  private readonly subscription: Disposable;
  private current: AbortController | undefined;

  constructor(private readonly parts: SignInParts) {
    this.returns = new SignInReturns(parts.workbench.onDidReturn);
    this.subscription = this.returns.onDidStray(({ isOver }) => {
      parts.dialogs.warn(describeStray(isOver)).catch(parts.onError);
    });
  }

  /** Resolves with true when a key is stored, by this sign-in or by what the user chose instead. */
  async run(): Promise<boolean> {
    const { endpoints, dialogs, environment } = this.parts;
    const endpoint = await endpoints.current();
    if (!endpoint.ok) {
      await dialogs.error(plain(describeFailure(endpoint.failure, '').sentence));
      return false;
    }
    const offered = await environment.offer(endpoint.value);
    if (offered !== 'notTaken') return offered === 'stored';
    const limit = await askKeyLimit(dialogs);
    if (limit === undefined) {
      await dialogs.news(say`The sign-in was cancelled. Run Sign In or Set API Key when you are ready.`);
      return false;
    }
    return this.untilEnded({ endpoint: endpoint.value, limitUsd: limit.usd });
  }

  dispose(): void {
    this.current?.abort();
    this.subscription.dispose();
    this.returns.dispose();
  }

  /** Signs in until that gives a key, or the user chooses no further way. */
  private async untilEnded(wish: Wish): Promise<boolean> {
    let way: Way = 'browser';
    for (;;) {
      const ending = await this.attempt(wish, way);
      if (ending === 'signedIn') return true;
      if (ending.kind === 'replaced') return false;
      const next = await this.tell(ending);
      if (next === undefined) return false;
      if (next === 'setKey') return this.parts.apiKey.set();
      way = next === 'code' ? 'code' : 'browser';
    }
  }

  private async tell(ending: SignInEnding): Promise<NextStep | undefined> {
    const { sentence, next } = describeEnding(ending);
    const pressed = await this.parts.dialogs.warn(sentence, ...next.map(step => nextSteps[step]));
    return next.find(step => nextSteps[step] === pressed);
  }

  private async attempt(wish: Wish, way: Way): Promise<'signedIn' | SignInEnding | Replaced> {
    this.current?.abort();
    const own = new AbortController();
    this.current = own;
    const proof = await createSignInProof();
    const callback = way === 'browser' ? await this.callbackOf(proof) : undefined;
    const page = signInPage(wish.endpoint.baseUrl, { ...proof, callback, limitUsd: wish.limitUsd });
    const brought =
      callback === undefined
        ? await this.askForCode(page)
        : await this.waitForBrowser(page, proof, own.signal);
    if (own.signal.aborted) return { kind: 'replaced' };
    this.current = undefined;
    return brought.kind === 'code' ? this.redeem(brought.code, proof, wish.endpoint) : brought;
  }

  /** Undefined where no address leads back to this window. */
  private async callbackOf({ state }: SignInProof): Promise<string | undefined> {
    const address = await this.parts.workbench.returnAddress(SignInReturns.pathOf(state));
    return address !== undefined && canReturnTo(address) ? address : undefined;
  }

  private waitForBrowser(
    page: string,
    { state }: SignInProof,
    replaced: AbortSignal,
  ): Promise<BroughtBack | SignInEnding> {
    const { clock, dialogs, workbench } = this.parts;
    return dialogs.progress(say`Finish signing in in your browser…`, async cancelled => {
      const timeUp = new AbortController();
      const timer = clock.schedule(() => timeUp.abort(), lifetimeMs);
      try {
        // It may be back before the call that opens it.
        const back = this.returns.wait(state);
        if (!(await workbench.openInBrowser(page))) return { kind: 'notOpened' };
        const brought = await unlessAborted(back, AbortSignal.any([cancelled, timeUp.signal, replaced]));
        return brought ?? { kind: timeUp.signal.aborted ? 'timedOut' : 'cancelled' };
      } finally {
        timer.dispose();
        this.returns.end(state);
      }
    });
  }

  /** The way for windows that no browser can come back to: the page shows the code. */
  private async askForCode(page: string): Promise<BroughtBack | SignInEnding> {
    const { dialogs, workbench } = this.parts;
    const isOpen = await workbench.openInBrowser(page);
    if (!isOpen) await dialogs.copy(page);
    const code = await dialogs.input({
      title: say`Sign In with OpenRouter`,
      prompt: isOpen
        ? say`Sign in in your browser, then paste the code that the page shows. It works once, for 10 minutes.`
        : say`The address of the sign-in page was copied: open it in any browser, then paste the code that it shows.`,
      placeHolder: say`Code`,
      password: true,
      validateInput: text =>
        text.trim() === '' ? say`Paste the code, or press Escape to leave.` : undefined,
    });
    return code === undefined ? { kind: 'cancelled' } : { kind: 'code', code: code.trim() };
  }

  private async redeem(
    code: string,
    { verifier }: SignInProof,
    endpoint: Endpoint,
  ): Promise<'signedIn' | SignInEnding> {
    const { dialogs, keyCheck, openRouter } = this.parts;
    const client = openRouter.signIn(endpoint);
    const key = await dialogs.progress(say`Signing in…`, signal => client.exchange(code, verifier, signal));
    if (!key.ok) {
      return key.failure.httpStatus === 403 && key.failure.kind !== 'notOpenRouter'
        ? { kind: 'codeRefused' }
        : { kind: 'failed', failure: key.failure };
    }
    const retake = await keyCheck.checkAndStore(key.value, endpoint, say`You are signed in.`);
    return retake === undefined ? 'signedIn' : { kind: 'unusable', problem: retake.problem };
  }
}
