import type { Failure } from './failure';

export interface Detail {
  readonly label: string;
  readonly value: string;
}

/** What is known of a failure besides its sentence: for who asks for support. Holds no key, question or answer. */
export function failureDetails(failure: Failure): readonly Detail[] {
  const { kind, httpStatus, errorType, provider, detail, network, requestId, generationId } = failure;
  const known: readonly (readonly [string, string | number | undefined])[] = [
    ['HTTP status', httpStatus],
    ['Error type', errorType],
    ['Provider', provider],
    ['Network', network],
    ['Said', detail],
    ['Request id', requestId],
    ['Generation id', generationId],
  ];
  const told = known.flatMap(([label, value]) =>
    value === undefined ? [] : [{ label, value: String(value) }],
  );
  return told.length === 0 ? [] : [{ label: 'Kind', value: kind }, ...told];
}

/** The same as text to paste. */
export const detailsText = (failure: Failure): string =>
  failureDetails(failure)
    .map(({ label, value }) => `${label}: ${value}`)
    .join('\n');
