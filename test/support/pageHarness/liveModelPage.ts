import { type FromModelPage, isFromModelPage, type ToModelPage } from '../../../src/protocol/modelMessages';
import { ModelPanel } from '../../../src/vscode/views/modelPanel';
import type { ModelPageWorld } from '../modelPageWorld';
import { extensionUri, PageHarness, type PageOptions } from './pageHarness';

/** The page of a model in a browser, in the product's own panel, with a world of the test's behind it. */
export class LiveModelPage {
  private constructor(
    readonly harness: PageHarness<ToModelPage, FromModelPage>,
    private readonly host: ModelPanel,
  ) {}

  /** `saved`: what an earlier page has saved of itself. */
  static async open(
    world: ModelPageWorld,
    options: PageOptions = {},
    saved?: unknown,
  ): Promise<LiveModelPage> {
    const host = new ModelPanel(extensionUri, world.view, world.handler, error => world.troubles.push(error));
    const harness = await PageHarness.open<ToModelPage, FromModelPage>(
      { isFromPage: isFromModelPage, fill: panel => host.adopt(panel, saved) },
      options,
    );
    return new LiveModelPage(harness, host);
  }

  async close(): Promise<void> {
    this.host.dispose();
    await this.harness.close();
  }
}
