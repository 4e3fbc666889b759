import { openFenceOf } from '../../../src/core/chat/openFence';
import { pick, type Random } from './cutTexts';

/** How a model goes on with a text that was cut. */
export type Continuer = (whole: string, cut: number, random: Random) => string;

const exact: Continuer = (whole, cut) => whole.slice(cut);

const repeatsWords: Continuer = (whole, cut, random) => {
  const words = [...whole.slice(0, cut).matchAll(/\S*\p{L}{2}\S*\s*/gu)];
  const from = words.at(-1 - Math.floor(random() * 5))?.index ?? cut;
  return whole.slice(from);
};

const repeatsLine: Continuer = (whole, cut, random) => {
  const lines = [...whole.slice(0, cut).matchAll(/^/gm)].map(({ index }) => index);
  return whole.slice(lines.at(-1 - Math.floor(random() * 3)) ?? cut);
};

const opensFenceAgain =
  (then: Continuer, withWord = true): Continuer =>
  (whole, cut, random) => {
    const fence = openFenceOf(whole.slice(0, cut));
    const rest = then(whole, cut, random);
    if (!fence || fence.isOpening || rest.startsWith(fence.marker)) return rest;
    return `${fence.marker}${withWord ? fence.language : ''}\n${rest}`;
  };

const introductions = [
  'Sure, here is the rest:\n\n',
  'Continuing from where I left off:\n\n',
  'Of course! Continuing:\n\n',
  '*(continued)*\n\n',
  'Sure!\n\n',
];

const talks =
  (then: Continuer): Continuer =>
  (whole, cut, random) =>
    pick(random, introductions) + then(whole, cut, random);

/** What models do that are told in words to go on. */
export const instructedContinuers = {
  exact,
  repeatsWords,
  repeatsLine,
  opensFenceAgain: opensFenceAgain(exact),
  opensFenceWithoutWord: opensFenceAgain(exact, false),
  opensFenceAndRepeats: opensFenceAgain(repeatsLine),
  talks: talks(exact),
  talksAndRepeats: talks(repeatsLine),
  talksAndOpensFence: talks(opensFenceAgain(exact)),
  talksAndOpensWithoutWord: talks(opensFenceAgain(repeatsLine, false)),
} satisfies Readonly<Record<string, Continuer>>;

/** Where the text that a model goes on from ends: without white space and half a sign at its end. */
export const sentLength = (text: string): number => text.replace(/[\s\ud800-\udbff]+$/, '').length;

/** What models do that go on from the text itself. */
export const prefilledContinuers = {
  exact: (whole, cut) => whole.slice(sentLength(whole.slice(0, cut))),
  echoes: (whole, cut) => (cut < 12 ? whole.slice(sentLength(whole.slice(0, cut))) : whole),
} satisfies Readonly<Record<string, Continuer>>;
