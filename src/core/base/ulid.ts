const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeCharacters = 10;
const randomCharacters = 16;
const lastRandom = 32n ** BigInt(randomCharacters) - 1n;

export interface UlidSources {
  /** Epoch ms. */
  now(): number;
  /** Fills `bytes` with unpredictable values. */
  fillRandom(bytes: Uint8Array<ArrayBuffer>): void;
}

const hostSources: UlidSources = {
  now: () => Date.now(),
  fillRandom: bytes => crypto.getRandomValues(bytes),
};

/**
 * Makes ULIDs: 26 characters that sort by the time they were made. Within one millisecond, and when the
 * clock goes back, each is greater than the one before.
 */
export function createUlids(sources: UlidSources = hostSources): () => string {
  let lastTime = 0;
  let random = 0n;
  return () => {
    const now = sources.now();
    if (now > lastTime) {
      lastTime = now;
      random = randomBits(sources);
    } else if (random < lastRandom) {
      random += 1n;
    } else {
      lastTime += 1;
      random = randomBits(sources);
    }
    return encode(BigInt(lastTime), timeCharacters) + encode(random, randomCharacters);
  };
}

/** 79 bits: the top one stays clear, so that counting up within a millisecond has room. */
function randomBits(sources: UlidSources): bigint {
  const bytes = new Uint8Array(10);
  sources.fillRandom(bytes);
  const bits = bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
  return bits >> 1n;
}

function encode(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 32n) text = alphabet[Number(rest % 32n)] + text;
  return text;
}
