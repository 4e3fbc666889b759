/** In pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** What an image in a prompt comes to, in input tokens. */
export interface ImageTokens {
  readonly low: number;
  readonly tokens: number;
  /** No count of a vendor whose rule is known passes it. */
  readonly most: number;
}

/**
 * Vendors count images by their pixels, each in a way of its own:
 * https://platform.openai.com/docs/guides/images-vision, https://docs.anthropic.com/en/docs/build-with-claude/vision,
 * https://ai.google.dev/gemini-api/docs/tokens. Where no rule is known the range is wide.
 */
export function imageTokens(size: ImageSize, model: string): ImageTokens {
  const rule = rules.find(([pattern]) => pattern.test(model))?.[1] ?? unknownRule;
  const { low, tokens, most } = rule(size);
  return { low: Math.floor(low), tokens: Math.round(tokens), most: Math.ceil(most) };
}

type Rule = (size: ImageSize) => ImageTokens;

const exactly = (tokens: number): ImageTokens => ({ low: tokens, tokens, most: tokens });

const rules: readonly (readonly [RegExp, Rule])[] = [
  [/^~?openai\/gpt-4o-mini/, size => exactly(tiles(size, 2833, 5667))],
  [/^~?openai\/.*nano/, size => patches(size, 2.46)],
  [/^~?openai\/.*mini/, size => patches(size, 1.72)],
  [/^~?openai\//, openAi],
  [/^~?anthropic\//, anthropic],
  [/^~?google\/(?:gemini-3|gemini-(?:pro|flash)-latest)/, size => ({ ...gemini(size), tokens: 1120 })],
  [/^~?google\//, gemini],
  [/^~?x-ai\//, grok],
];

/** A price for all and one for each square of 512 pixels, of an image made to fit 2048 and 768 on its short side. */
function tiles(size: ImageSize, base: number, perTile: number): number {
  const fitting = shrunk(size, 2048 / Math.max(size.width, size.height));
  const { width, height } = shrunk(fitting, 768 / Math.min(fitting.width, fitting.height));
  return base + perTile * Math.ceil(width / 512) * Math.ceil(height / 512);
}

/** Squares of 32 pixels, at most 1,536 of them. */
function patches({ width, height }: ImageSize, factor: number): ImageTokens {
  const count = Math.min(1536, Math.ceil(width / 32) * Math.ceil(height / 32));
  return { low: count, tokens: count * factor, most: count * 2.5 };
}

function openAi(size: ImageSize): ImageTokens {
  const tokens = tiles(size, 85, 170);
  // Models since GPT-5.4 count squares of 32 pixels instead, up to 2,500 of them.
  const squares = Math.min(2500, Math.ceil(size.width / 32) * Math.ceil(size.height / 32));
  return { low: Math.min(tiles(size, 70, 140), squares), tokens, most: Math.max(tokens, squares * 1.2) };
}

function anthropic(size: ImageSize): ImageTokens {
  const area = (longest: number): number => {
    const { width, height } = shrunk(size, longest / Math.max(size.width, size.height));
    return (width * height) / 750;
  };
  const tokens = Math.min(area(1568), 1600);
  return { low: tokens * 0.9, tokens, most: Math.min(area(2576), 4784) * 1.1 + 10 };
}

function gemini({ width, height }: ImageSize): ImageTokens {
  if (Math.max(width, height) <= 384) return { low: 258, tokens: 258, most: 1120 };
  const side = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)));
  const tokens = 258 * Math.ceil(width / side) * Math.ceil(height / side);
  return { low: 258, tokens, most: Math.max(tokens, 1120) };
}

/** Up to six squares of 448 pixels and one of the whole. */
function grok({ width, height }: ImageSize): ImageTokens {
  const tokens = 256 * (Math.min(6, Math.ceil(width / 448) * Math.ceil(height / 448)) + 1);
  return { low: 256, tokens, most: Math.max(tokens, 1792) };
}

/** Most open models cut squares of 28 pixels, a few of 14 and 16. */
function unknownRule({ width, height }: ImageSize): ImageTokens {
  const tokens = (width * height) / 784;
  return {
    low: Math.min(64, tokens),
    tokens,
    most: Math.max(6000, Math.ceil(width / 14) * Math.ceil(height / 14)),
  };
}

/** Made smaller by `factor`; never made larger. */
function shrunk({ width, height }: ImageSize, factor: number): ImageSize {
  return factor >= 1 ? { width, height } : { width: width * factor, height: height * factor };
}
