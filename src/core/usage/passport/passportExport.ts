import { byteOrderMark, csvLine, type ExportValue } from '../csv';
import type { Passport } from './passport';

/** The forms of an export for whoever audits. */
export const passportForms = {
  csv: {
    label: 'CSV',
    detail: 'One line for each file that left with a request, for a spreadsheet',
    ending: 'csv',
  },
  json: { label: 'JSON', detail: 'One object for each request, for scripts', ending: 'json' },
} as const;

export type PassportForm = keyof typeof passportForms;

/** The whole file. It names files and lines, never what stands there, nor a question or an answer. */
export function passportText(passports: readonly Passport[], form: PassportForm): string {
  if (form === 'json') return `${JSON.stringify(passports.map(withoutTitle), undefined, 2)}\n`;
  return byteOrderMark + csvLine(columns) + passports.flatMap(toLines).join('');
}

/** A title can be the beginning of the question. */
function withoutTitle({ title: _, ...passport }: Passport): Omit<Passport, 'title'> {
  return passport;
}

const columns: readonly string[] = [
  'request',
  'at',
  'left',
  'file',
  'lines',
  'scope',
  'fromEarlierTurn',
  'endpoint',
  'model',
  'answeredBy',
  'alsoAsked',
  'quantization',
  'region',
  'serviceTier',
  'generationId',
  'rules',
  'retention',
  'training',
];

/** A line for each file, and one for a request that took none along. */
function toLines(passport: Passport): readonly string[] {
  const files = passport.files.length > 0 ? passport.files : [undefined];
  const named = (answered: boolean): ExportValue =>
    passport.recipients
      .filter(each => each.answered === answered)
      .map(({ provider }) => provider)
      .join(', ') || null;
  return files.map(file =>
    csvLine([
      passport.turnId,
      passport.at,
      passport.hasLeft,
      file?.path ?? null,
      file?.lines ?? null,
      file?.scope ?? null,
      file?.isEarlier ?? null,
      passport.endpoint ?? null,
      passport.model,
      named(true),
      named(false),
      passport.quantization ?? null,
      passport.region ?? null,
      passport.serviceTier ?? null,
      passport.generationId ?? null,
      passport.rules.join('; ') || null,
      passport.retention,
      passport.training,
    ]),
  );
}
