import type { Failure } from '../../core/chat/failure';
import type { RequestParameters } from '../../core/chat/requestParameters';
import type { Model } from '../../core/models/model';
import { forbiddenBy, type ModelRules } from '../../core/models/modelRules';

/**
 * Why a request may not be sent by the user's rules about models: the model, or a fallback that could answer instead.
 * `rows` are the rows of the list for them, as far as they are known: a dated name goes by its row's rules, too.
 */
export function refusalByRules(
  rules: ModelRules,
  { model, fallbackModels = [] }: Pick<RequestParameters, 'model' | 'fallbackModels'>,
  rows: readonly (Model | undefined)[] = [],
): Failure | undefined {
  for (const [index, id] of [model, ...fallbackModels].entries()) {
    const row = rows[index];
    const names = row ? [id, row.id] : [id];
    const setting = forbiddenBy(rules, ...names);
    if (setting) return { kind: 'modelForbidden', rule: { model: id, setting } };
  }
  return undefined;
}
