import { monotonicFactory } from 'ulid';
import { ContextCommands } from '../../../src/app/context/contextCommands';
import { ContextImages } from '../../../src/app/context/contextImages';
import { ContextList } from '../../../src/app/context/contextList';
import type { Dialogs } from '../../../src/app/ports/dialogs';
import { FakeSources } from './fakeSources';

/** Everything that adds to a question, over a window that the test plays. */
export class ContextParts {
  readonly sources = new FakeSources();
  readonly list: ContextList;
  readonly images: ContextImages;
  readonly commands: ContextCommands;

  constructor(dialogs: Pick<Dialogs, 'pick' | 'pickMany' | 'warn'>) {
    const newId = monotonicFactory();
    this.list = new ContextList(this.sources, newId);
    this.images = new ContextImages(this.list, this.sources, newId);
    this.commands = new ContextCommands(this.list, this.images, this.sources, dialogs);
  }

  /** As `ContextPage` wants them. */
  get shared() {
    const { list, images, commands } = this;
    return { list, images, commands };
  }
}
