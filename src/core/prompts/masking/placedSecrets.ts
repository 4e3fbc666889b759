import { entropyOf, isNoStandIn, type SecretFormat } from './secretFormat';

/** Names of values that are secret. */
const secretName =
  '(?:secret|token|passw(?:or)?d|passwd|passphrase|pwd|api_?key|apikey|private_?key|access_?key|auth_?key|credential|encryption_?key|signing_?key)';

/** A reference to a value that stands elsewhere is no value. */
const isReference = (value: string): boolean =>
  /^[$<{%]|\$\{|process\.env|environ|getenv|^\/|^\.{0,2}\/|^https?:|::/.test(value);

/** Places of the first two in the list below. */
const [small, capital] = [0, 1];
const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/] as const;
const classesIn = (text: string): number => classes.filter(each => each.test(text)).length;

/** Letters in words, as names, messages and templates have them: no random text. */
const isWords = (value: string): boolean => /^[A-Za-z]+(?:[\s_.:/-]+[A-Za-z]+)*[.!?]?$/.test(value);

/** Sixteen characters to choose from tell less each. */
const isHex = (value: string): boolean => /^[0-9a-f-]+$/i.test(value);

const isSecretValue = (value: string): boolean =>
  isNoStandIn(value) && !isReference(value) && !isWords(value);

/** How often the class of characters changes in the middle of a word: names and words change seldom. */
function changesOfClass(value: string): number {
  const all = [...value].map(char => classes.findIndex(each => each.test(char)));
  const isChange = (each: number, before: number | undefined): boolean =>
    before !== undefined && each !== before && !(each === small && before === capital);
  return all.filter((each, index) => isChange(each, all[index - 1])).length / (value.length - 1);
}

/** A value that was made at random: as dense as a password of a generator. */
function isDense(value: string): boolean {
  if (!isSecretValue(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return (
    changesOfClass(value) >= 0.28 && entropyOf(value) >= (isHex(value) ? 2.8 : value.length >= 20 ? 3.4 : 3)
  );
}

/** What documentation and development set-ups write: nobody's secret. */
const commonPassword =
  /^(?:my_?|the_?|some_?|your_?|db_?)?(?:pass(?:w(?:or)?d)?|pwd|secret|token|user(?:name)?|test|root|admin|guest|postgres|mysql|redis|key|hunter2)(?:word)?\d{0,3}$/i;

/** Secrets that tell by the place where they stand. */
export const placedFormats: readonly SecretFormat[] = [
  {
    kind: 'password in an address',
    pattern:
      /(?<![A-Za-z0-9])[a-z][a-z0-9+]{1,20}:\/\/[^\s:/@"'`<>{}$]{1,100}:([^\s:/@"'`<>{}$]{4,200})@[\w.[-]/gi,
    accepts: (value, match) =>
      isNoStandIn(value) && !commonPassword.test(value) && !match.includes(`//${value}:`),
  },
  {
    kind: 'authorization header',
    pattern:
      /\bauthorization["']?[ \t]{0,5}[:=,][ \t]{0,5}["'`]?(?:bearer|basic|token)[ \t]{1,5}([A-Za-z0-9+/_.~=-]{16,2000})/gi,
    accepts: isDense,
  },
  {
    kind: 'npm registry token',
    pattern: /:_(?:authToken|auth|password)[ \t]{0,5}=[ \t]{0,5}["']?([A-Za-z0-9+/_.=-]{16,500})/g,
    accepts: isSecretValue,
  },
  {
    kind: 'secret of an .env line',
    pattern: new RegExp(
      `^[ \\t]{0,20}(?:export[ \\t]{1,5}|set[ \\t]{1,5}|ENV[ \\t]{1,5})?(?=[A-Z0-9_]{0,60}${secretName.toUpperCase()})[A-Z][A-Z0-9_]{2,80}[ \\t]{0,5}=[ \\t]{0,5}["']?([^\\s"'\`;,(){}<>$]{8,500})["']?[ \\t]{0,20}(?:#[^\\n]{0,200})?\\r?$`,
      'gm',
    ),
    accepts: value => isSecretValue(value) && entropyOf(value) >= 2.5 && classesIn(value) >= 2,
  },
  {
    kind: 'random value of an .env line',
    pattern:
      /^[ \t]{0,20}(?:export[ \t]{1,5})?[A-Z][A-Z0-9_]{2,80}=["']?([A-Za-z0-9+/_=-]{24,500})["']?[ \t]{0,20}\r?$/gm,
    accepts: value =>
      isDense(value) && classesIn(value) >= 3 && entropyOf(value) >= 4 && !/^sha\d/.test(value),
  },
  {
    kind: 'secret in quotes',
    pattern: new RegExp(
      `(?<![A-Za-z0-9])(?=[\\w-]{0,60}${secretName})[\\w-]{2,80}["']?[ \\t]{0,5}(?::|:?=|=>)[ \\t]{0,5}["'\`]([^\\s"'\`\\\\(){}<>$,;]{12,300})["'\`]`,
      'gi',
    ),
    accepts: value => isDense(value) && classesIn(value) >= 2,
  },
];
