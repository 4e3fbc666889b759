import { plain, say } from '../../core/base/plainText';
import type { ConversationHistory, ConversationSummary } from '../../core/chat/conversationHistory';
import { type ConversationForm, conversationForms, conversationText } from '../../core/chat/conversationText';
import { exportToFile, writeWhole } from '../exportToFile';
import type { Dialogs, PickItem } from '../ports/dialogs';

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
    const text = conversationText(item.form, summary, conversation);
    await exportToFile(dialogs, target, async () => {
      await writeWhole(target, text);
      return say`Exported to ${target.name}.`;
    });
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
