import * as vscode from 'vscode';
import type { ConversationCommands } from '../../app/conversations/conversationCommands';
import type { ConversationExport } from '../../app/conversations/conversationExport';
import type { ConversationRow } from '../../app/conversations/conversationRows';
import type { ConversationSummary } from '../../core/chat/conversationHistory';
import { LiveRows } from '../quickPicks';

interface RowButton extends vscode.QuickInputButton {
  readonly run: (conversation: ConversationSummary) => Promise<void>;
}

type RowItem = ConversationRow & vscode.QuickPickItem;

/** So many rows at first, and so many times as many whenever more are asked for. */
const firstRows = 200;
/** As many of what was found: each is looked through for the place to show. */
const firstFound = 50;
const moreTimes = 5;
/** A pause in typing after which the search begins. */
const typingMs = 80;

/** Lists the kept conversations; typing searches all they say. */
export class ConversationPicker {
  constructor(
    private readonly commands: ConversationCommands,
    private readonly exporting: ConversationExport,
    private readonly onError: (error: unknown) => void,
  ) {}

  async show(): Promise<void> {
    try {
      if (await this.commands.prepare()) await this.openOne();
    } catch (error) {
      this.onError(error);
    }
  }

  private async openOne(): Promise<void> {
    const opening = new Opening(this.commands, this.exporting, this.onError);
    try {
      const chosen = await opening.run();
      if (chosen) await this.commands.open(chosen);
    } finally {
      opening.dispose();
    }
  }
}

/** One opening of the list. */
class Opening implements vscode.Disposable {
  private readonly box = vscode.window.createQuickPick<RowItem>();
  private readonly liveRows = new LiveRows(this.box);
  private limit = firstRows;
  /** Counts the searches: the answer to an earlier one is no longer wanted. */
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** A dialog of a row's button is open, which hides the list for as long. */
  private isAway = false;

  constructor(
    private readonly commands: ConversationCommands,
    private readonly exporting: ConversationExport,
    private readonly onError: (error: unknown) => void,
  ) {
    this.box.title = 'Conversations';
    this.box.placeholder = 'Search titles, questions, code and answers. Enter opens one.';
  }

  async run(): Promise<ConversationSummary | undefined> {
    await this.fill();
    return new Promise(resolve => {
      this.box.onDidAccept(() => void this.accept(resolve).catch(this.onError));
      this.box.onDidHide(() => {
        if (!this.isAway) resolve(undefined);
      });
      this.box.onDidChangeValue(() => this.searchSoon());
      this.box.onDidTriggerItemButton(({ item, button }) => {
        const pressed = this.buttonsOf(item).find(({ tooltip }) => tooltip === button.tooltip);
        if (pressed && item.conversation) this.act(pressed, item.conversation).catch(this.onError);
      });
      this.box.show();
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asked += 1;
    this.box.dispose();
  }

  private async accept(open: (conversation: ConversationSummary) => void): Promise<void> {
    // What is shown is not what was searched for yet.
    if (this.box.busy) await this.fill();
    const item = await this.liveRows.accepted();
    if (item?.conversation) open(item.conversation);
    else if (item) await this.showMore();
  }

  private async showMore(): Promise<void> {
    this.limit *= moreTimes;
    await this.fill();
  }

  private searchSoon(): void {
    clearTimeout(this.timer);
    this.limit = this.box.value.trim() === '' ? firstRows : firstFound;
    this.box.busy = true;
    this.timer = setTimeout(() => this.fill().catch(this.onError), typingMs);
  }

  /** Does what a button says, and comes back to the list. */
  private async act(button: RowButton, conversation: ConversationSummary): Promise<void> {
    this.isAway = true;
    try {
      await button.run(conversation);
      await this.fill();
    } finally {
      this.isAway = false;
      this.box.show();
    }
  }

  private async fill(): Promise<void> {
    clearTimeout(this.timer);
    this.asked += 1;
    const { asked } = this;
    this.box.busy = true;
    const rows = await this.commands.rows(this.box.value, this.limit);
    if (asked !== this.asked) return;
    this.box.keepScrollPosition = true;
    // The search has chosen them by all they say; VS Code would leave out those without the words in a row.
    this.liveRows.replace(rows.map(row => ({ ...row, alwaysShow: true, buttons: [...this.buttonsOf(row)] })));
    this.box.busy = false;
  }

  private buttonsOf({ conversation }: ConversationRow): readonly RowButton[] {
    if (!conversation) return [];
    const { commands, exporting } = this;
    const icon = (id: string) => new vscode.ThemeIcon(id);
    return [
      conversation.isPinned
        ? { iconPath: icon('pinned'), tooltip: 'Unpin', run: row => commands.togglePin(row) }
        : { iconPath: icon('pin'), tooltip: 'Pin to the Top', run: row => commands.togglePin(row) },
      { iconPath: icon('edit'), tooltip: 'Rename…', run: row => commands.rename(row) },
      { iconPath: icon('export'), tooltip: 'Export…', run: row => exporting.run(row) },
      { iconPath: icon('trash'), tooltip: 'Delete…', run: row => commands.remove(row) },
    ];
  }
}
