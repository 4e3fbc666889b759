import * as v from 'valibot';
import type { FieldSchemas } from '../../base/fieldSchemas';
import { imageTypes } from '../../base/imageData';
import type { AddedImage, AddedText } from '../addedPart';
import type { CodeContext, CodePart, Sent, SentCode, TextPosition, TextRange } from '../conversation';
import { maskedSecretSchema } from '../maskedSecret';
import { requestParametersSchema } from '../requestParameters';
import { flag, number, text } from './fields';

const position = v.object({
  line: v.number(),
  character: v.number(),
} satisfies FieldSchemas<TextPosition>);

const codePart = v.object({
  text: v.string(),
  startLine: v.number(),
  endLine: v.number(),
  range: v.optional(v.object({ start: position, end: position } satisfies FieldSchemas<TextRange>)),
} satisfies FieldSchemas<CodePart>);

const codeContext = v.object({
  kind: v.picklist(['enclosing', 'imports', 'problems']),
  text: v.string(),
} satisfies FieldSchemas<CodeContext>);

const code = v.pipe(
  v.looseObject({}),
  // Version 0.1.0 knew one piece, whose text and lines stood beside the path.
  v.transform(kept => ('parts' in kept ? kept : { ...kept, parts: [kept] })),
  v.object({
    parts: v.pipe(v.array(codePart), v.minLength(1), v.readonly()),
    languageId: v.string(),
    path: v.string(),
    cell: number,
    scope: v.picklist(['selection', 'symbol', 'file']),
    symbolName: text,
    context: v.optional(v.array(codeContext)),
  } satisfies FieldSchemas<SentCode>),
);

const addedText = v.object({
  kind: v.picklist(['file', 'symbol', 'problems', 'diff', 'terminal', 'clipboard']),
  name: v.string(),
  path: text,
  languageId: text,
  startLine: number,
  endLine: number,
  text: v.string(),
} satisfies FieldSchemas<AddedText>);

const addedImage = v.object({
  kind: v.literal('image'),
  name: v.string(),
  path: text,
  url: v.optional(v.pipe(v.string(), v.startsWith('data:image/'))),
  mediaType: v.picklist(imageTypes),
  width: v.number(),
  height: v.number(),
} satisfies FieldSchemas<AddedImage>);

export const addedPartSchema = v.union([addedText, addedImage]);

export const sentSchema = v.pipe(
  v.looseObject({}),
  // Version 0.1.0 wrote the two parameters that there were beside the prompt.
  v.transform(kept => ('parameters' in kept ? kept : { ...kept, parameters: kept })),
  v.object({
    systemPrompt: v.string(),
    earlierTurns: v.number(),
    prompt: v.string(),
    code: v.optional(code),
    added: v.fallback(v.optional(v.array(addedPartSchema)), undefined),
    parameters: requestParametersSchema,
    maxTokensReason: text,
    isCompressionOff: flag,
    masked: v.fallback(v.optional(v.array(maskedSecretSchema)), undefined),
    cacheMark: v.fallback(v.optional(v.picklist(['write', 'read'])), undefined),
  } satisfies FieldSchemas<Sent>),
);
