import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply } from '../http/reply';

/** One recorded exchange, as in traffic/README.md. */
export interface Recording {
  readonly name: string;
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly body: string;
    /** Sizes of the pieces the recorder received. */
    readonly chunk_byte_lengths?: readonly number[];
  };
}

const catalogueFile = 'models-catalogue.json';

/** A folder of recorded exchanges; files are read when asked for. */
export class Traffic {
  private generations: ReadonlyMap<string, Recording> | undefined;

  constructor(private readonly folder: string) {}

  get names(): readonly string[] {
    return readdirSync(this.folder)
      .filter(file => file.endsWith('.json') && file !== catalogueFile)
      .map(file => file.slice(0, -'.json'.length))
      .sort();
  }

  /** `undefined` when there is no such file. */
  recording(name: string): Recording | undefined {
    return this.names.includes(name) ? (this.read(`${name}.json`) as Recording) : undefined;
  }

  /** The body of the recorded `GET /models`. */
  catalogue(): unknown {
    return this.read(catalogueFile);
  }

  /** A recorded answer of `GET /generation` for this id. */
  generation(id: string): Reply | undefined {
    this.generations ??= new Map(
      this.names
        .filter(name => name.startsWith('generation'))
        .flatMap(name => {
          const recording = this.recording(name);
          return recording ? [[idOf(recording), recording] as const] : [];
        }),
    );
    const response = this.generations.get(id)?.response;
    return response && { status: response.status, headers: response.headers, body: response.body };
  }

  private read(file: string): unknown {
    return JSON.parse(readFileSync(join(this.folder, file), 'utf8'));
  }
}

const idOf = (recording: Recording): string =>
  new URL(recording.request.path, 'http://localhost').searchParams.get('id') ?? '';
