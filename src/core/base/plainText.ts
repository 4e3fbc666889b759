import { showHidden } from './hiddenCharacters';

declare const passed: unique symbol;

/**
 * Text that may be shown by VS Code itself: in a notification, a dialog, a list, a box, the status bar, the log. VS Code
 * makes links and icons of what it is given there, so a file, a model or a server could write its own. Only
 * {@link say} and {@link plain} make it.
 */
export type PlainText = string & { readonly [passed]: 'plain' };

/** Markdown in which only what is ours is markup. {@link markdown} and {@link commandLink} make it. */
export type SafeMarkdown = string & { readonly [passed]: 'markdown' };

type Hole = string | number;

/**
 * A text of ours, which may have icons, with anything in its holes: what stands there is shown as it is, on one line.
 *
 *     say`Nothing was inserted: ${name} is read-only.`
 */
export function say(ours: TemplateStringsArray, ...holes: readonly Hole[]): PlainText {
  const text = holes.reduce<string>(
    (before, hole, index) => joined(joined(before, cleaned(String(hole))), ours[index + 1] ?? ''),
    ours[0] ?? '',
  );
  return text as PlainText;
}

/** A whole text that is not ours. */
export const plain = (foreign: string): PlainText => say`${foreign}`;

/** Paragraphs, each of which has passed; empty ones are left out. */
export const paragraphs = (...texts: readonly PlainText[]): PlainText =>
  texts.filter(text => text !== '').join('\n\n') as PlainText;

/** Several texts as one, such as the names in a list. */
export const joinPlain = (texts: readonly PlainText[], between: string): PlainText =>
  texts.join(between) as PlainText;

/** Markdown of ours with anything in its holes, which is shown as it is. Markdown of ours can be put in, too. */
export function markdown(
  ours: TemplateStringsArray,
  ...holes: readonly (Hole | { readonly markdown: SafeMarkdown })[]
): SafeMarkdown {
  const texts = holes.map(hole => (typeof hole === 'object' ? hole.markdown : escaped(String(hole))));
  return String.raw({ raw: ours }, ...texts) as SafeMarkdown;
}

/** Lines or paragraphs of Markdown as one; `between` is ours. */
export const joinMarkdown = (texts: readonly SafeMarkdown[], between: string): SafeMarkdown =>
  texts.join(between) as SafeMarkdown;

/** A link to a command, by its id. */
export function commandLink(title: string, command: string): SafeMarkdown {
  if (!/^[\w.]+$/.test(command)) throw new Error('A link leads to a command without arguments.');
  return `[${escaped(title)}](command:${command})` as SafeMarkdown;
}

/** Nobody reads more of a name or of an error in a notification. */
const longestHole = 2000;

/** What VS Code takes for a link, and for an icon: https://code.visualstudio.com/api/references/icons-in-labels */
const markup = /([\]$])\(/g;

function cleaned(foreign: string): string {
  const text = foreign.length > longestHole ? `${foreign.slice(0, longestHole)}…` : foreign;
  return showHidden(text.replace(/\s*[\n\r\u0085\u2028\u2029]\s*|\t/g, ' ')).replace(markup, '$1 (');
}

/** Markup that would only come about where two texts meet is broken as well. */
const joined = (before: string, after: string): string =>
  /[\]$]$/.test(before) && after.startsWith('(') ? `${before} ${after}` : before + after;

/** Every mark that could be one of Markdown's, or of an address that it makes a link of. */
const escaped = (foreign: string): string => cleaned(foreign).replace(/[!-/:-@[-`{-~]/g, '\\$&');
