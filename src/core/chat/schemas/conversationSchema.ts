import * as v from 'valibot';
import type { FieldSchemas } from '../../base/fieldSchemas';
import type { SentEstimate } from '../../money/sentEstimate';
import type { Choices, Conversation, Turn } from '../conversation';
import { settable } from '../parameterSettings';
import { requestParametersSchema } from '../requestParameters';
import { answerSchema } from './answerSchema';
import { text } from './fields';
import { sentSchema } from './sentSchema';

const turn = v.object({
  id: v.string(),
  kind: v.optional(v.literal('check')),
  action: v.string(),
  title: v.string(),
  startedAtMs: v.number(),
  follows: text,
  apply: v.fallback(v.optional(v.picklist(['replace', 'newFile'])), undefined),
  group: text,
  versionOf: text,
  promptId: text,
  ownParameters: v.fallback(v.optional(v.partial(requestParametersSchema)), undefined),
  remembered: v.fallback(v.optional(v.array(v.picklist(settable))), undefined),
  sent: sentSchema,
  estimate: v.optional(
    v.object({
      promptTokens: v.number(),
      promptUsd: text,
      answerTokenUsd: text,
    } satisfies FieldSchemas<SentEstimate>),
  ),
  answer: answerSchema,
} satisfies FieldSchemas<Turn>);

const ids = v.array(v.string());
const choices = v.object({ kept: ids, shown: ids } satisfies FieldSchemas<Choices>);

/** A conversation as a file or another process gives it. */
export const conversationSchema: v.GenericSchema<unknown, Conversation> = v.object({
  id: v.string(),
  turns: v.array(turn),
  choices: v.fallback(v.optional(choices), undefined),
} satisfies FieldSchemas<Conversation>);
