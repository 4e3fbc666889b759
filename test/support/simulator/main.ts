import { parseArgs } from 'node:util';
import { faultFamilies, faults, findTraffic, keyBehaviours, startSimulator } from './index';

/** `npm run simulator`: an OpenRouter of one's own until Ctrl+C. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4517' },
      speed: { type: 'string', default: '80' },
      traffic: { type: 'string' },
      catalogue: { type: 'string', default: 'builtIn' },
    },
  });
  const trafficDir = values.traffic ?? findTraffic();
  const simulator = await startSimulator({
    port: Number(values.port),
    tokensPerSecond: Number(values.speed),
    listsTiers: true,
    ...(trafficDir && { trafficDir }),
    ...(values.catalogue === 'recorded' && { catalogue: 'recorded' as const }),
    ...(Number(values.catalogue) > 0 && { catalogue: { synthetic: Number(values.catalogue) } }),
  });
  console.log(introduction(simulator.url, trafficDir !== undefined));
  simulator.onDidReceive(({ method, path }) => console.log(`→ ${method} ${path}`));
  simulator.bill.onDidAdd(({ generationId, model, costUsd, cancelled }) =>
    console.log(`$ ${costUsd} ${model} ${generationId}${cancelled ? ' (cancelled)' : ''}`),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.dispose().then(() => process.exit(0)));
  }
}

function introduction(url: string, canReplay: boolean): string {
  const rows = (table: readonly (readonly [string, string])[]): string =>
    table.map(([left, right]) => `  ${left.padEnd(30)} ${right}`).join('\n');
  return `OpenRouter simulator at ${url}

Try:
  curl -N ${url}/chat/completions -H 'Authorization: Bearer sk-or-v1-demo' \\
    -H 'Content-Type: application/json' \\
    -d '{"model":"openai/gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Explain: const a = 1"}]}'

Keys, by how they start:
${rows(keyBehaviours.map(({ prefix, description }) => [`${prefix}…`, description]))}

Faults and answers, as model simulator/<name> or header X-Simulator-Fault: <name>:
${rows(faults.map(({ name, description, parameter }) => [parameter ? `${name}[:…]` : name, parameter ? `${description}; ${parameter}` : description]))}
${rows(faultFamilies.map(({ name, description }) => [name, description]))}
${canReplay ? '' : '\nNo recorded traffic was found: replays are off (--traffic <folder>).\n'}
Stop with Ctrl+C.
`;
}

main().catch((error: NodeJS.ErrnoException & { readonly port?: number }) => {
  const isTaken = error.code === 'EADDRINUSE';
  console.error(
    isTaken
      ? `Port ${error.port} is in use: stop what listens there, or choose another one with --port <number>.`
      : `The simulator could not start: ${error.message}`,
  );
  process.exitCode = 1;
});
