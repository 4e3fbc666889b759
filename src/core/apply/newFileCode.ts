import { splitAnswer } from './answerBlocks';

/** The code of an answer that is a file of its own, with a line break at its end; undefined when there is none. */
export function newFileCode(answer: string, languageId: string): string | undefined {
  const { blocks } = splitAnswer(answer);
  const own = blocks.filter(({ language }) => !/^(?:bash|sh|shell|console|text|output)$/.test(language));
  // Other blocks of an answer are short: how to run it, what it prints.
  const [longest] = (languageId === 'shellscript' ? blocks : own).toSorted(
    (a, b) => b.text.length - a.text.length,
  );
  return longest && `${longest.text.replace(/\s+$/, '')}\n`;
}
