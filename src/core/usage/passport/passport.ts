import { showOnOneLine } from '../../base/hiddenCharacters';
import type { AddedPart } from '../../chat/addedPart';
import { addedLines, addedPlace, addedScope } from '../../chat/addedText';
import { allLineNumbers, placeText, scopeText } from '../../chat/codeParts';
import type { SentCode, Turn } from '../../chat/conversation';
import { type Failure, isUnsent } from '../../chat/failure';
import { describeProviderRules } from '../../chat/providerRules';
import type { LedgerEntry } from '../../ledger/ledger';
import type { EndpointFacts } from '../../models/excludingRules';
import { diffSections } from '../../prompts/gitDiff';

/** Code, or something else of the user's, that left with a request. */
export interface SentFile {
  /** As the request named it, on one line. */
  readonly path: string;
  /** "3–5, 9"; for a whole file its lines, too. '' for what has none, such as an image. */
  readonly lines: string;
  /** "selection", "whole file" … */
  readonly scope: string;
  /** It went along as a part of an earlier turn. */
  readonly isEarlier: boolean;
}

/** Somebody that a request went to behind OpenRouter. */
export interface Recipient {
  readonly provider: string;
  /** False: it was asked and did not answer. */
  readonly answered: boolean;
  /** Whether OpenRouter lists all of its endpoints of the model as keeping nothing; undefined when it is not known. */
  readonly keepsNothing?: boolean;
}

/** What left this machine with one request, to whom it went, and what they are held to. Plain JSON. */
export interface Passport {
  readonly turnId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly title: string;
  /** False: it was stopped here, and nobody has seen it. */
  readonly hasLeft: boolean;
  readonly files: readonly SentFile[];
  readonly earlierTurns: number;
  /** The server that it was sent to; undefined when nothing left, or the history does not say. */
  readonly endpoint?: string;
  readonly model: string;
  /** Empty: OpenRouter passed it on to nobody, or does not say to whom. */
  readonly recipients: readonly Recipient[];
  readonly quantization?: string;
  readonly region?: string;
  readonly serviceTier?: string;
  readonly generationId?: string;
  /** The routing rules that went along, in words. */
  readonly rules: readonly string[];
  readonly retention: string;
  readonly training: string;
}

/** What is known of a request besides its turn. */
export interface PassportFacts {
  /** The turns that went along. */
  readonly history: readonly Turn[];
  readonly row?: Pick<LedgerEntry, 'endpoint' | 'provider' | 'region' | 'serviceTier' | 'generationId'>;
  /** Of the model that served; undefined when the server could not say. */
  readonly endpoints?: readonly EndpointFacts[];
}

export function toPassport(turn: Turn, { history, row, endpoints }: PassportFacts): Passport {
  const { sent, answer } = turn;
  const hasLeft = !hasStayed(answer.ending?.failure);
  const recipients = hasLeft ? recipientsOf(turn, row?.provider, endpoints) : [];
  const served = recipients.find(({ answered }) => answered)?.provider;
  return {
    turnId: turn.id,
    at: new Date(turn.startedAtMs).toISOString(),
    title: turn.title,
    hasLeft,
    files: [...filesOf(turn, false), ...history.flatMap(earlier => filesOf(earlier, true))],
    earlierTurns: sent.earlierTurns,
    endpoint: hasLeft ? row?.endpoint : undefined,
    model: answer.servedModel ?? sent.parameters.model,
    recipients,
    quantization: answer.routing?.quantization ?? quantizationOf(served, endpoints),
    region: answer.routing?.region ?? row?.region,
    serviceTier: answer.routing?.serviceTier ?? row?.serviceTier,
    generationId: answer.generationId ?? row?.generationId,
    rules: describeProviderRules(sent.parameters.provider ?? {}),
    retention: retentionText(turn, recipients),
    training: trainingText(turn),
  };
}

/** True when a failure shows that nothing was sent. */
const hasStayed = (failure: Failure | undefined): boolean =>
  isUnsent(failure?.kind) || failure?.neverLeft === true;

function filesOf({ sent }: Turn, isEarlier: boolean): readonly SentFile[] {
  const added = (sent.added ?? [])
    // An image that is not kept any more does not go along again.
    .filter(part => !isEarlier || part.kind !== 'image' || part.url !== undefined)
    .flatMap(part => toFiles(part, isEarlier));
  return [...(sent.code ? [toFile(sent.code, isEarlier)] : []), ...added];
}

/** A diff holds parts of several files. */
function toFiles(part: AddedPart, isEarlier: boolean): readonly SentFile[] {
  const paths = part.kind === 'diff' ? diffSections(part.text).flatMap(section => section.paths) : [];
  return (paths.length > 0 ? paths.map(showOnOneLine) : [addedPlace(part)]).map(path => ({
    path,
    lines: addedLines(part),
    scope: addedScope(part),
    isEarlier,
  }));
}

const toFile = (code: SentCode, isEarlier: boolean): SentFile => ({
  path: placeText(code),
  lines: allLineNumbers(code),
  scope: scopeText(code),
  isEarlier,
});

/** Everybody who was asked has seen it, whether or not an answer came. */
function recipientsOf(
  { answer }: Turn,
  ofRow: string | undefined,
  endpoints: readonly EndpointFacts[] | undefined,
): readonly Recipient[] {
  const served = answer.provider ?? ofRow ?? answer.ending?.failure?.provider;
  const hasAnswered = answer.ending?.failure === undefined;
  const tried = (answer.routing?.attempts ?? []).flatMap(({ provider }) => provider ?? []);
  const all = [...new Set([...tried, ...(served === undefined ? [] : [served])])];
  return all.map(provider => ({
    provider,
    answered: provider === served && hasAnswered,
    keepsNothing: keepsNothing(provider, endpoints),
  }));
}

const isOf = (provider: string, { provider: name = '' }: EndpointFacts): boolean =>
  name.toLowerCase() === provider.toLowerCase();

function keepsNothing(provider: string, endpoints: readonly EndpointFacts[] = []): boolean | undefined {
  const known = new Set(endpoints.filter(each => isOf(provider, each)).map(each => each.keepsNothing));
  return known.size === 1 ? [...known][0] : undefined;
}

function quantizationOf(
  provider: string | undefined,
  endpoints: readonly EndpointFacts[] = [],
): string | undefined {
  const known = new Set(
    endpoints.filter(each => provider !== undefined && isOf(provider, each)).map(each => each.quantization),
  );
  return known.size === 1 ? [...known][0] : undefined;
}

function retentionText({ sent }: Turn, recipients: readonly Recipient[]): string {
  if (sent.parameters.provider?.zdr === true)
    return 'Zero retention was required: OpenRouter passes it only to endpoints that keep nothing.';
  const notRequired = 'Zero retention was not required.';
  if (recipients.length === 0) return notRequired;
  if (recipients.every(recipient => recipient.keepsNothing === true))
    return `${notRequired} OpenRouter lists all who were asked as keeping nothing.`;
  const others = recipients.filter(recipient => recipient.keepsNothing !== true);
  const names = others.map(({ provider }) => provider).join(', ');
  return others.some(recipient => recipient.keepsNothing === false)
    ? `${notRequired} ${names} may keep it: OpenRouter does not list this as an endpoint that keeps nothing.`
    : `${notRequired} Whether ${names} keeps it is not known here.`;
}

function trainingText({ sent }: Turn): string {
  return sent.parameters.provider?.data_collection === 'deny'
    ? 'No training was required: OpenRouter passes it to no provider that trains on prompts.'
    : 'This request did not rule out training: the privacy settings of the account and the terms of the provider apply.';
}
