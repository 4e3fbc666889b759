import type { Bench, Row } from './bench';
import { machine } from './machine';
import { activation } from './measures/activation';
import { compare } from './measures/compare';
import { conversation } from './measures/conversation';
import { estimate } from './measures/estimate';
import { history } from './measures/history';
import { ledger } from './measures/ledger';
import { picker } from './measures/picker';
import { request } from './measures/request';
import { size } from './measures/size';
import { stream } from './measures/stream';
import { toTable } from './table';

const benches: readonly Bench[] = [
  size,
  activation,
  request,
  stream,
  compare,
  picker,
  ledger,
  history,
  conversation,
  estimate,
];

/** `npm run bench [-- <name>… [--repetitions <n>]]`: prints one table; a bound that is missed says so in it. */
async function main(args: readonly string[]): Promise<void> {
  const { names, repetitions } = parse(args);
  const chosen = names.length === 0 ? benches : benches.filter(({ name }) => names.includes(name));
  const rows: Row[] = [];
  console.log(machine());
  for (const bench of chosen) {
    console.error(`… ${bench.name}`);
    rows.push(...(await measure(bench, repetitions)));
  }
  console.log(`\n${toTable(rows)}\n\n${machine()}`);
}

/** One that fails takes nothing away from the others. */
async function measure(bench: Bench, repetitions: number): Promise<readonly Row[]> {
  try {
    return await bench.run({ repetitions });
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    return [{ what: bench.name, measured: 'could not be measured' }];
  }
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
