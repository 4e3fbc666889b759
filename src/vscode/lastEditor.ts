import * as vscode from 'vscode';

/** Remembers the text editor the user was in last: while a panel has the focus, VS Code names none. */
export class LastEditor implements vscode.Disposable {
  private last: vscode.TextEditor | undefined;
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.remember(vscode.window.activeTextEditor);
    this.subscription = vscode.window.onDidChangeActiveTextEditor(editor => this.remember(editor));
  }

  /** The column where files are: the last editor's, else any one's; undefined when there is none. */
  get column(): vscode.ViewColumn | undefined {
    const editor = this.visible() ?? vscode.window.visibleTextEditors.find(isDocument);
    return (this.last && columnOf(this.last.document)) ?? editor?.viewColumn;
  }

  /** The document that was edited last; undefined when it is closed. */
  get document(): vscode.TextDocument | undefined {
    return this.last?.document.isClosed ? undefined : this.last?.document;
  }

  /**
   * The editor used last; a document whose tab is hidden is shown again. Undefined when it is closed, unless
   * the only editor to be seen can be meant.
   */
  async find(): Promise<vscode.TextEditor | undefined> {
    const visible = this.visible();
    if (visible) return visible;
    const viewColumn = this.last && columnOf(this.last.document);
    if (this.last && viewColumn) return vscode.window.showTextDocument(this.last.document, { viewColumn });
    const [only, ...others] = vscode.window.visibleTextEditors.filter(isDocument);
    return others.length === 0 ? only : undefined;
  }

  /** As {@link find}; where nobody has been in an editor yet, the only document that has a tab. */
  async findOrOpen(): Promise<vscode.TextEditor | undefined> {
    const found = await this.find();
    if (found) return found;
    const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
    const [only, ...others] = tabs.filter(({ input }) => input instanceof vscode.TabInputText);
    if (others.length > 0 || !(only?.input instanceof vscode.TabInputText)) return undefined;
    return vscode.window.showTextDocument(only.input.uri, { viewColumn: only.group.viewColumn });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private remember(editor: vscode.TextEditor | undefined): void {
    if (editor && isDocument(editor)) this.last = editor;
  }

  /** The editor itself, or another one that shows its document: a tab can be moved. */
  private visible(): vscode.TextEditor | undefined {
    const { last } = this;
    const editors = vscode.window.visibleTextEditors;
    return (
      editors.find(editor => editor === last) ?? editors.find(({ document }) => document === last?.document)
    );
  }
}

/** Output, the debug console and input boxes are text editors too, but stand in no column. */
const isDocument = ({ viewColumn }: vscode.TextEditor): boolean => viewColumn !== undefined;

/** Where a tab of `document` is; undefined when it has none. */
export function columnOf({ uri }: vscode.TextDocument): vscode.ViewColumn | undefined {
  const shows = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(shows))?.viewColumn;
}
