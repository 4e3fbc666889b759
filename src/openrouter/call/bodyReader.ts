import type { CallGuard } from './callGuard';

/** Bodies that are read whole are small; more than this, in bytes, is not OpenRouter's. */
const longestText = 32 * 1024 * 1024;

/** The bytes of a body as they come, under the eyes of a guard. */
export class BodyReader {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  private thrown: unknown;

  constructor(
    response: Response,
    private readonly guard: CallGuard,
  ) {
    this.reader = response.body?.getReader();
    // Ends a pending read at once, even where `fetch` does not heed its signal any more.
    guard.signal.addEventListener('abort', () => void this.cancel(), { once: true });
    if (guard.signal.aborted) void this.cancel();
  }

  /** What broke the connection; undefined when the body ended by itself or still runs. */
  get broken(): unknown {
    return this.thrown;
  }

  /** The next bytes; undefined at the end, however it came. The guard's `receive` is the caller's. */
  async next(): Promise<Uint8Array | undefined> {
    this.guard.resume();
    try {
      return (await this.reader?.read())?.value;
    } catch (error) {
      this.thrown = error ?? new Error('The connection broke.');
      return undefined;
    }
  }

  /** Reads on without looking; resolves at the end. */
  async drain(): Promise<void> {
    while (await this.next());
  }

  /** Everything as text. Rejects when the connection breaks; what is beyond `longest` bytes is left unread. */
  async text(longest = longestText): Promise<string> {
    const decoder = new TextDecoder();
    const parts: string[] = [];
    let length = 0;
    for (let bytes = await this.next(); bytes && length <= longest; bytes = await this.next()) {
      this.guard.receive(true);
      length += bytes.byteLength;
      parts.push(decoder.decode(bytes, { stream: true }));
    }
    if (this.thrown) throw this.thrown;
    return parts.join('') + decoder.decode();
  }

  private async cancel(): Promise<void> {
    // A stream that the abort has already broken says so once more: nothing new.
    await this.reader?.cancel().catch(error => error);
  }
}
