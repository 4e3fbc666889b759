import type { ActivationParts, Own } from './activationParts';
import { composeAsk } from './composeAsk';
import { composeDiagnostics } from './composeDiagnostics';
import { composeFoundation } from './composeFoundation';
import { composeUsage } from './composeUsage';

/** Builds everything behind the commands, each part from those before it. Like its three parts it decides nothing. */
export function compose(parts: ActivationParts, own: Own) {
  const foundation = composeFoundation(parts, own);
  const ask = composeAsk(parts, foundation, own);
  const usage = composeUsage(parts, foundation, ask, own);
  const { apiKey, costs, keyWays, ledger, settler } = foundation;
  settler.start().catch(parts.report);
  const diagnostics = composeDiagnostics(parts, foundation);
  const { openRouterLog } = costs;
  return { ...ask, ...usage, apiKey, diagnostics, keyWays, ledger, openRouterLog };
}

export type Composed = ReturnType<typeof compose>;
