import { plain, say } from '../../core/base/plainText';
import type { ConversationHistory, ConversationSummary } from '../../core/chat/conversationHistory';
import { type ConversationForm, conversationForms, conversationText } from '../../core/chat/conversationText';
import { fileFaultReason } from '../../core/usage/exportFile';
import type { Dialogs, ExportTarget, PickItem } from '../ports';

interface FormItem extends PickItem {
  readonly form: ConversationForm;
}

const formItems: readonly FormItem[] = (Object.keys(conversationForms) as ConversationForm[]).map(form => ({
  label: plain(conversationForms[form].label),
  detail: plain(conversationForms[form].detail),
  form,
}));

const longestName = 60;

/** Writes one kept conversation into a file of the user's choice. */
export class ConversationExport {
  constructor(
    private readonly history: Pick<ConversationHistory, 'load'>,
    private readonly dialogs: Pick<Dialogs, 'pick' | 'saveFile' | 'news' | 'warn' | 'revealFile'>,
  ) {}

  async run(summary: ConversationSummary): Promise<void> {
    const { dialogs } = this;
    const title = say`Export Conversation`;
    const item = await dialogs.pick(formItems, { title, placeHolder: say`Form of the file` });
    if (!item) return;
    const name = `${toFileName(summary.title)}.${conversationForms[item.form].ending}`;
    const target = await dialogs.saveFile({ title, name, kind: item.label });
    if (!target) return;
    const conversation = await this.history.load(summary.id);
    if (!conversation) {
      await dialogs.warn(say`Nothing was exported: this conversation is no longer there.`);
      return;
    }
    await this.write(target, conversationText(item.form, summary, conversation));
  }

  private async write(target: ExportTarget, text: string): Promise<void> {
    try {
      const file = await target.open();
      try {
        await file.write(text);
        await file.commit();
      } catch (error) {
        await file.discard();
        throw error;
      }
    } catch (error) {
      const reason = fileFaultReason(error);
      if (reason === undefined) throw error;
      await this.dialogs.warn(
        say`${target.name} could not be written: ${reason}. Nothing of it was left behind.`,
      );
      return;
    }
    const button = target.path === undefined ? undefined : 'Show File';
    const isShown = await this.dialogs.news(say`Exported to ${target.name}.`, button);
    if (isShown && target.path !== undefined) await this.dialogs.revealFile(target.path);
  }
}

/** A title as the name of a file: every system takes it. */
function toFileName(title: string): string {
  const words = title.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return (
    [...words]
      .slice(0, longestName)
      .join('')
      .replace(/^-+|-+$/g, '') || 'conversation'
  );
}
