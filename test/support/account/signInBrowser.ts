import type { Returned, Workbench } from '../../../src/app/ports/workbench';
import { Emitter } from '../../../src/core/base/event';

/** What the user does on the sign-in page. */
export type OnPage = 'allow' | 'deny' | 'nothing' | 'doNotOpen';

/** A browser in which the user signs in at the simulator, and which comes back as a real one does. */
export class SignInBrowser implements Pick<Workbench, 'openInBrowser' | 'returnAddress' | 'onDidReturn'> {
  onPage: OnPage = 'allow';
  /** False: this window has no address. */
  hasAddress = true;
  /** Every page that was to be opened. */
  readonly opened: URL[] = [];
  /** The last address that the page went back to. */
  last: Returned | undefined;
  private readonly returned = new Emitter<Returned>();
  readonly onDidReturn = this.returned.event;

  async openInBrowser(address: string): Promise<boolean> {
    const page = new URL(address);
    this.opened.push(page);
    if (this.onPage === 'doNotOpen') return false;
    if (this.onPage !== 'nothing' && page.searchParams.has('callback_url')) await this.decide(this.onPage);
    return true;
  }

  async returnAddress(path: string): Promise<string | undefined> {
    return this.hasAddress ? `http://127.0.0.1:9${path}` : undefined;
  }

  /** Presses a link of the page that was opened last. */
  async decide(what: 'allow' | 'deny'): Promise<void> {
    const page = new URL(this.opened.at(-1) ?? '');
    page.searchParams.set('decision', what);
    const { headers } = await fetch(page, { redirect: 'manual' });
    const { pathname, search } = new URL(headers.get('location') ?? '');
    this.comeBack({ path: pathname, query: search.slice(1) });
  }

  /** Somebody follows an address that leads to the window. */
  comeBack(returned: Returned): void {
    this.last = returned;
    this.returned.fire(returned);
  }

  /** The code that the last page without a way back shows. */
  async readCode(): Promise<string> {
    const shown = await fetch(this.opened.at(-1) ?? '');
    return /id="code">([^<]+)</.exec(await shown.text())?.[1] ?? '';
  }
}
