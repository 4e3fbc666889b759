import type * as vscode from 'vscode';

/**
 * The few members of VS Code's API that the product's panels and page handlers touch. The bundles of the page
 * tests get this file for `vscode`; whatever is not here is `undefined` there and fails at once.
 */
export class Uri implements Pick<vscode.Uri, 'scheme' | 'authority' | 'path' | 'fsPath' | 'toString'> {
  static file(path: string): Uri {
    return new Uri(new URL(`file://${encodeURI(path)}`));
  }

  static parse(value: string): Uri {
    return new Uri(new URL(value));
  }

  static joinPath(base: Uri, ...segments: readonly string[]): Uri {
    const url = new URL(base.url);
    url.pathname = [url.pathname.replace(/\/$/, ''), ...segments.map(encodeURI)].join('/');
    return new Uri(url);
  }

  private constructor(private readonly url: URL) {}

  get scheme(): string {
    return this.url.protocol.slice(0, -1);
  }

  get authority(): string {
    return this.url.host;
  }

  get path(): string {
    return decodeURIComponent(this.url.pathname);
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return this.url.href;
  }
}

export const ViewColumn = { Active: -1, Beside: -2, One: 1, Two: 2 } satisfies Partial<
  Record<keyof typeof vscode.ViewColumn, number>
>;

/** A window without any editor. */
export const window = {
  activeTextEditor: undefined,
  visibleTextEditors: [],
} satisfies Partial<typeof vscode.window>;
