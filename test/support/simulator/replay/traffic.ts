import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply } from '../http/reply';

/** One exchange with the real service, or a twin of one. */
export interface Recording {
  /** `<kind>--<what is particular>` */
  readonly name: string;
  readonly kind: string;
  readonly request: { readonly method: string; readonly path: string };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly body: string;
    /** Sizes of the pieces the recorder received. */
    readonly chunk_byte_lengths?: readonly number[];
  };
}

const catalogueFile = 'models-catalogue.json';
const notExchanges = new Set([catalogueFile, 'expected.json']);

/** A folder of recordings (`.json`) or of twins (`.http`); files are read when asked for. */
export class Traffic {
  /** File names by recording. */
  private readonly files: ReadonlyMap<string, string>;
  private generations: ReadonlyMap<string, Recording> | undefined;

  constructor(readonly folder: string) {
    const files = readdirSync(folder).filter(file => /\.(json|http)$/.test(file) && !notExchanges.has(file));
    this.files = new Map(files.sort().map(file => [file.replace(/\.\w+$/, ''), file]));
  }

  get names(): readonly string[] {
    return [...this.files.keys()];
  }

  get recordings(): readonly Recording[] {
    return this.names.flatMap(name => this.recording(name) ?? []);
  }

  /** `undefined` when there is no such file. */
  recording(name: string): Recording | undefined {
    const file = this.files.get(name);
    if (file === undefined) return undefined;
    return file.endsWith('.http') ? toRecording(name, this.read(file)) : JSON.parse(this.read(file));
  }

  /** The body of a recorded `GET /models`. */
  catalogue(): string {
    return this.read(catalogueFile);
  }

  /** A recorded answer of `GET /generation` for this id. */
  generation(id: string): Reply | undefined {
    this.generations ??= new Map(
      this.recordings
        .filter(({ kind }) => kind.startsWith('generation'))
        .map(recording => [idOf(recording), recording]),
    );
    return this.generations.get(id)?.response;
  }

  private read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }
}

const idOf = ({ request }: Recording): string =>
  new URL(request.path, 'http://localhost').searchParams.get('id') ?? '';

/** Reads a twin: the request line, the head of the answer, and its body to the last byte, with a blank line between. */
function toRecording(name: string, text: string): Recording {
  const [requestLine = '', head = '', ...body] = text.split('\n\n');
  const [method = '', path = ''] = requestLine.split(' ');
  const [statusLine = '', ...headers] = head.split('\n');
  return {
    name,
    kind: name.split('--')[0] ?? '',
    request: { method, path },
    response: {
      status: Number(statusLine.split(' ')[1]),
      headers: Object.fromEntries(headers.map(line => line.split(': '))),
      body: body.join('\n\n'),
    },
  };
}
