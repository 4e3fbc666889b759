import { kind, kinds, signIndex } from './characters';
import { add, at, oddBytesAt } from './features';
import { bucketOf, buckets } from './hashedTable';

const asciiCount = 128;

/** Counts the runs of ASCII signs of a text. */
export class SignCounter {
  /** Signs by code: those in runs of several, those that stand alone, and those alone after a blank. */
  private readonly inRuns = new Int32Array(asciiCount);
  private readonly alone = new Int32Array(asciiCount);
  private readonly aloneAfterSpace = new Int32Array(asciiCount);

  /** `table`: what the hashed table says of runs of signs. */
  constructor(
    private readonly counts: Float64Array,
    private readonly table: ArrayLike<number>,
  ) {}

  /** Counts the run that starts at `start`, and returns where it ends. */
  count(units: Uint16Array, start: number): number {
    if (kinds[units[start + 1] ?? 0] === kind.sign) return this.several(units, start);
    const sign = units[start] ?? 0;
    const alone = units[start - 1] === 0x20 ? this.aloneAfterSpace : this.alone;
    alone[sign] = (alone[sign] ?? 0) + 1;
    return start + 1;
  }

  private several(units: Uint16Array, start: number): number {
    const { counts, inRuns } = this;
    const first = units[start] ?? 0;
    let hash = 0;
    let differences = 0;
    let index = start;
    let sign = first;
    do {
      hash = (Math.imul(hash, 31) + sign) | 0;
      differences |= sign ^ first;
      inRuns[sign] = (inRuns[sign] ?? 0) + 1;
      index++;
      sign = units[index] ?? 0;
    } while (kinds[sign] === kind.sign);
    const length = index - start;
    if (differences === 0 && length >= 4) {
      add(counts, at.sameSign, 1);
      add(counts, at.sameSigns, length - 4);
      inRuns[first] = (inRuns[first] ?? 0) - length;
      return index;
    }
    const isAfterSpace = units[start - 1] === 0x20;
    add(counts, (isAfterSpace ? at.signsAfterSpace : at.signs) + Math.min(length, 6) - 1, 1);
    if (length > 6) add(counts, at.longSigns, length - 6);
    if (length > 2) add(counts, oddBytesAt, length - 2);
    add(counts, at.hashed + 1, this.table[bucketOf(hash, buckets.signs)] ?? 0);
    return index;
  }

  /** Adds what is known only at the end of the text. */
  finish(): void {
    const { counts } = this;
    for (let sign = 0; sign < asciiCount; sign++) {
      if (kinds[sign] !== kind.sign) continue;
      const [alone, afterSpace] = [this.alone[sign] ?? 0, this.aloneAfterSpace[sign] ?? 0];
      add(counts, at.sign + signIndex(sign), (this.inRuns[sign] ?? 0) + alone + afterSpace);
      add(counts, at.signs, alone);
      add(counts, at.signsAfterSpace, afterSpace);
      add(counts, at.hashed + 1, (alone + afterSpace) * (this.table[bucketOf(sign, buckets.signs)] ?? 0));
    }
  }
}
