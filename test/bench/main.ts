import type { Bench } from './bench';
import { machine } from './machine';
import { activation } from './measures/activation';
import { estimate } from './measures/estimate';
import { ledger } from './measures/ledger';
import { request } from './measures/request';
import { size } from './measures/size';
import { stream } from './measures/stream';
import { toTable } from './table';

const benches: readonly Bench[] = [size, activation, request, stream, ledger, estimate];

/** `npm run bench [-- <name>… [--repetitions <n>]]`: prints one table; a bound that is missed says so in it. */
async function main(args: readonly string[]): Promise<void> {
  const { names, repetitions } = parse(args);
  const chosen = names.length === 0 ? benches : benches.filter(({ name }) => names.includes(name));
  const rows = [];
  console.log(machine());
  for (const bench of chosen) {
    console.error(`… ${bench.name}`);
    rows.push(...(await bench.run({ repetitions })));
  }
  console.log(`\n${toTable(rows)}\n\n${machine()}`);
}

function parse(args: readonly string[]): { readonly names: readonly string[]; readonly repetitions: number } {
  const option = args.indexOf('--repetitions');
  const repetitions = option < 0 ? 9 : Number(args[option + 1]);
  if (!Number.isInteger(repetitions) || repetitions < 1) throw new Error('--repetitions needs a number.');
  const names = option < 0 ? args : args.filter((_, index) => index !== option && index !== option + 1);
  const strangers = names.filter(name => !benches.some(bench => bench.name === name));
  if (strangers.length === 0) return { names, repetitions };
  throw new Error(
    `There is no ${strangers.join(', ')}. Known: ${benches.map(({ name }) => name).join(', ')}.`,
  );
}

main(process.argv.slice(2)).catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
