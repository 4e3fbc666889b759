import * as v from 'valibot';

const places = ['prompt', 'code', 'systemPrompt', 'earlierTurn', 'context', 'added'] as const;

export const maskedSecretSchema = v.object({
  /** What it is called: "GitHub token". */
  kind: v.string(),
  /** In which part of what is sent it stands. */
  place: v.picklist(places),
  /** Of `code` and `added` the line of the file, of `prompt` the prompt's own; 1-based. */
  line: v.optional(v.number()),
  /** Of `added`: what it stands in. */
  name: v.optional(v.string()),
});

/** A secret that was taken out before sending: never its value. */
export type MaskedSecret = Readonly<v.InferOutput<typeof maskedSecretSchema>>;

const placeNames: Readonly<Record<MaskedSecret['place'], string>> = {
  prompt: 'in your text',
  code: 'in the code',
  systemPrompt: 'in the system prompt',
  earlierTurn: 'in an earlier turn',
  context: 'in what goes along with the code',
  added: 'in what was added',
};

/** "GitHub token, line 3" */
export function describeMasked({ kind, place, line, name }: MaskedSecret): string {
  if (place === 'added' && name !== undefined)
    return `${kind}, ${name}${line === undefined ? '' : `, line ${line}`}`;
  const where = place === 'code' && line !== undefined ? `line ${line}` : placeNames[place];
  return place === 'prompt' && line !== undefined && line > 1
    ? `${kind}, ${where}, line ${line}`
    : `${kind}, ${where}`;
}
