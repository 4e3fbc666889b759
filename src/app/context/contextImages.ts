import { Emitter, type Event } from '../../core/base/event';
import { type ImageFacts, imageBytes, isSmallImage, readImage, toImageUrl } from '../../core/base/imageData';
import { type PlainText, say } from '../../core/base/plainText';
import type { QuestionSources } from '../ports/questionSources';
import type { ContextList } from './contextList';

/** Images in one question. */
const mostImages = 10;

/** What is in the clipboard or was dropped has no better name. */
const unnamed = 'Image';

/** An image that the page has to make smaller before it can be added. */
export interface LargeImage {
  readonly id: string;
  readonly url: string;
}

interface Named {
  readonly name: string;
  readonly path?: string;
  /** Of its file. */
  readonly uri?: string;
}

/**
 * Takes in images. Each is known by its own bytes, whatever it is called; one that is too large is made smaller by the
 * page, because VS Code has nothing that does that.
 */
export class ContextImages {
  private readonly waiting = new Map<string, Named & LargeImage>();
  private readonly asked = new Emitter<LargeImage>();
  /** For the page; see {@link large}. */
  readonly onDidAsk: Event<LargeImage> = this.asked.event;

  constructor(
    private readonly list: Pick<ContextList, 'addPart' | 'items'>,
    private readonly sources: Pick<QuestionSources, 'readImage'>,
    private readonly newId: () => string,
  ) {}

  /** Those that wait for the page. */
  get large(): readonly LargeImage[] {
    return [...this.waiting.values()].map(({ id, url }) => ({ id, url }));
  }

  /** Adds an image file, now or when it is small enough; else says why not. */
  async addFile(uri: string): Promise<PlainText | undefined> {
    const read = await this.sources.readImage(uri);
    if (!read.ok) return read.problem;
    const { bytes, name, path } = read;
    const facts = readImage(bytes);
    if (!facts) return notAnImage(name);
    const url = toImageUrl(bytes, facts.mediaType);
    if (isSmallImage(facts)) return this.add(url, facts, { name, path, uri });
    const id = this.newId();
    this.waiting.set(id, { id, url, name, path, uri });
    this.asked.fire({ id, url });
    return undefined;
  }

  /** Adds what the page gives: pasted, dropped, or one of {@link large}. The page is not trusted. */
  addFromPage(
    url: string,
    { name, id }: { readonly name?: string; readonly id?: string },
  ): PlainText | undefined {
    const waited = id === undefined ? undefined : this.waiting.get(id);
    if (id !== undefined) {
      this.waiting.delete(id);
      if (!waited) return undefined;
    }
    const named: Named = waited
      ? { name: waited.name, path: waited.path, uri: waited.uri }
      : { name: name?.trim().slice(0, 200) || unnamed };
    const bytes = imageBytes(url);
    const facts = bytes && readImage(bytes);
    if (!bytes || !facts) return notAnImage(named.name);
    if (!isSmallImage(facts)) return say`${named.name} could not be made small enough to be sent.`;
    // Written anew: what the page calls it does not count.
    return this.add(toImageUrl(bytes, facts.mediaType), facts, named);
  }

  dispose(): void {
    this.asked.dispose();
  }

  private add(
    url: string,
    { mediaType, width, height }: ImageFacts,
    { name, path, uri }: Named,
  ): PlainText | undefined {
    const images = this.list.items.filter(({ part }) => part.kind === 'image').length;
    if (images >= mostImages) return say`No more than ${mostImages} images can go along with a question.`;
    const place = path === undefined ? {} : { path };
    return this.list.addPart({ kind: 'image', name, ...place, url, mediaType, width, height }, uri);
  }
}

const notAnImage = (name: string): PlainText =>
  say`${name} is no PNG, JPEG, WebP or GIF image, or it is damaged.`;
