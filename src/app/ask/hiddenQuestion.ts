import { describeHidden, findHidden, removeHidden } from '../../core/base/hiddenCharacters';
import { say } from '../../core/base/plainText';
import type { Dialogs } from '../ports/dialogs';

/**
 * The text to go on with. When `text` of a model holds characters that nobody sees, the user is asked first; undefined
 * when they want none of it. `verb` is what happens to the text, as a button says it: "Insert".
 */
export async function askAboutHidden(
  text: string,
  verb: 'Copy' | 'Insert' | 'Open' | 'Show',
  dialogs: Pick<Dialogs, 'confirm'>,
): Promise<string | undefined> {
  const found = findHidden(text);
  if (found.length === 0) return text;
  const [anyway, remove] = [`${verb} Anyway`, `Remove Them and ${verb}`];
  const choice = await dialogs.confirm(
    say`This text holds ${describeHidden(found)}.`,
    say`They cannot be seen, or change how the text around them is seen: code can do something else than it seems to do.`,
    anyway,
    remove,
  );
  if (choice === remove) return removeHidden(text);
  return choice === anyway ? text : undefined;
}
