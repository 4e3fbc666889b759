import * as vscode from 'vscode';
import { FollowedSpans } from '../core/apply/followedSpans';
import type { Span } from '../core/apply/span';

interface Followed {
  readonly uri: string;
  readonly eol: vscode.EndOfLine;
  readonly spans: FollowedSpans;
}

/** Older ones must be found by their text: nobody accepts so many answers at once. */
const mostFollowed = 200;

/** Moves pieces of documents along with every change that VS Code tells. */
export class FollowedDocuments implements vscode.Disposable {
  private followed: readonly Followed[] = [];
  private readonly subscription = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(event => this.onChange(event)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.lose(each => each.uri === uri.toString())),
  );

  /** `spans` are of the document as it is at this moment. */
  follow({ uri, eol }: vscode.TextDocument, spans: readonly Span[]): FollowedSpans {
    const followed = new FollowedSpans(spans);
    this.followed = [...this.followed, { uri: uri.toString(), eol, spans: followed }];
    const [oldest] = this.followed;
    if (this.followed.length > mostFollowed) this.lose(each => each === oldest);
    return followed;
  }

  dispose(): void {
    this.lose(() => true);
    this.subscription.dispose();
  }

  private onChange({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    // Other line ends move everything, and no change is told for them.
    this.lose(each => each.uri === uri && each.eol !== document.eol);
    const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      offset: rangeOffset,
      length: rangeLength,
      text,
    }));
    for (const each of this.followed) if (each.uri === uri) each.spans.follow(changes);
  }

  private lose(isLost: (each: Followed) => boolean): void {
    for (const each of this.followed) if (isLost(each)) each.spans.lose();
    this.followed = this.followed.filter(each => !isLost(each));
  }
}
