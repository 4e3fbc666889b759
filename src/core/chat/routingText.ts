import type { Routing, RoutingStage } from './routing';

/** Said of a stage after which the model may have read, or the user reads, something else than was sent or written. */
export interface StageNotice {
  /** The stage's type. */
  readonly type: string;
  readonly sentence: string;
  /** OpenRouter's own words. */
  readonly words?: string;
  readonly kind: 'info' | 'warning';
}

/** What a turn says about the way its request took, each thing once. */
export function stageNotices({ stages = [] }: Routing = {}): readonly StageNotice[] {
  const notices = stages.map(toStageNotice).filter(notice => notice !== undefined);
  return notices.filter(
    ({ sentence, words }, index) =>
      notices.findIndex(other => other.sentence === sentence && other.words === words) === index,
  );
}

function toStageNotice(stage: RoutingStage): StageNotice | undefined {
  const { summary: words } = stage;
  switch (noticedType(stage)) {
    case 'context_compression':
      return {
        type: 'context_compression',
        sentence: 'OpenRouter may have shortened what was sent: the model may not have read all of it.',
        words,
        kind: 'warning',
      };
    case 'guardrail':
      return { type: 'guardrail', sentence: guardrailSentence(stage), words, kind: 'warning' };
    case 'response_healing':
      return {
        type: 'response_healing',
        sentence: 'OpenRouter repaired the answer: it may differ from what the model wrote.',
        words,
        kind: 'info',
      };
    default:
      return undefined;
  }
}

/** A stage may also be told as that of a plugin, which its id names. */
const noticedType = ({ type, name }: RoutingStage): string | undefined =>
  type === 'plugin' ? name?.replaceAll('-', '_') : type;

function guardrailSentence({ guardrailId, guardrailScope }: RoutingStage): string {
  const scope = guardrailScope === undefined ? '' : ` of the ${guardrailScope}`;
  const id = guardrailId === undefined ? '' : ` (${guardrailId})`;
  return `A guardrail${scope}${id} acted on this request: what was sent may have been changed or held back before the model read it.`;
}

/** "Guardrail pii", "Context compression"; a word of later as it is. */
export function stageName({ type, name }: RoutingStage): string {
  const words = type.replaceAll('_', ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return name === undefined || noticedType({ type: 'plugin', name }) === type ? title : `${title} ${name}`;
}
