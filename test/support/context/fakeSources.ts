import type {
  ContextSource,
  FoundFile,
  QuestionSources,
  ReadContext,
  ReadImageFile,
} from '../../../src/app/ports/questionSources';
import { type PlainText, plain } from '../../../src/core/base/plainText';
import type { AddedText } from '../../../src/core/chat/addedPart';

/** Nothing that is added to a question comes by these. */
type PromptMembers = 'variableValue' | 'promptFiles' | 'openPromptFile' | 'promptPlaces' | 'createPromptFile';

/** A window whose files, Git and clipboard the test says. */
export class FakeSources implements Omit<QuestionSources, PromptMembers> {
  /** Texts by path; the address of a file is `file:///` and its path. */
  readonly texts = new Map<string, string>();
  readonly imageFiles = new Map<string, Uint8Array>();
  /** Paths that are never sent. */
  readonly forbidden = new Set<string>();
  /** What was read, in order. */
  readonly readPaths: string[] = [];
  problems = '';
  diffs: Partial<Record<'staged' | 'unstaged', string>> = {};
  selection = '';
  copied = '';
  symbol: Extract<ContextSource, { readonly kind: 'symbol' }> | undefined;
  image: string | undefined;
  active: FoundFile | undefined;

  async read(source: ContextSource): Promise<ReadContext> {
    switch (source.kind) {
      case 'file':
      case 'symbol':
        return this.readFile(source);
      case 'problems':
        return given(this.problems, { kind: 'problems', name: 'the workspace' });
      case 'diff':
        return given(this.diffs[source.which] ?? '', { kind: 'diff', name: `${source.which} changes` });
    }
  }

  async readImage(uri: string): Promise<ReadImageFile> {
    const path = pathOf(uri);
    const bytes = this.imageFiles.get(path);
    if (this.forbidden.has(path) || !bytes) return { ok: false, problem: plain(`${path} cannot be read`) };
    return { ok: true, bytes, path, name: path.split('/').at(-1) ?? path };
  }

  async whyNeverSent(uri: string): Promise<PlainText | undefined> {
    const path = pathOf(uri);
    return this.forbidden.has(path) ? plain(`${path} is never sent`) : undefined;
  }

  async files(): Promise<readonly FoundFile[]> {
    return [...this.texts.keys()].map(path => ({ path, uri: uriOf(path) }));
  }

  openFiles(): readonly FoundFile[] {
    return [];
  }

  activeFile(): FoundFile | undefined {
    return this.active;
  }

  async pickSymbol(): Promise<Extract<ContextSource, { readonly kind: 'symbol' }> | undefined> {
    return this.symbol;
  }

  async pickImage(): Promise<string | undefined> {
    return this.image;
  }

  async terminalSelection(): Promise<string> {
    return this.selection;
  }

  async clipboard(): Promise<string> {
    return this.copied;
  }

  private readFile(source: Extract<ContextSource, { readonly kind: 'file' | 'symbol' }>): ReadContext {
    const path = pathOf(source.uri);
    if (this.forbidden.has(path)) return { ok: false, problem: plain(`${path} is never sent`) };
    this.readPaths.push(path);
    const text = this.texts.get(path);
    if (text === undefined) return { ok: false, problem: plain(`${path} is gone`) };
    const lines = text.replace(/\n$/, '').split('\n').length;
    const name = source.kind === 'symbol' ? source.name : path;
    const place = { name, path, languageId: 'typescript', startLine: 1, endLine: lines };
    return given(text, { kind: source.kind, ...place });
  }
}

export const uriOf = (path: string): string => `file:///${path}`;

const pathOf = (uri: string): string => uri.replace('file:///', '');

const given = (text: string, part: Omit<AddedText, 'text'>): ReadContext =>
  text === '' ? { ok: false, problem: plain('nothing is there') } : { ok: true, part: { ...part, text } };
