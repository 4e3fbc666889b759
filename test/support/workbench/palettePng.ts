import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Pixels of a picture, three bytes each (red, green, blue), row by row from the top. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A window has few colours of its own; the others are edges of letters, which nobody tells apart. */
const mostColours = 48;

/**
 * The same picture with a palette of few colours: a quarter of the bytes of a browser's screenshot. Takes
 * what a browser writes: 8 bits per channel, RGB or RGBA (the alpha is dropped), not interlaced.
 */
export function toPalettePng(png: Buffer): Buffer {
  const { width, height, rgb } = readPixels(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = colourAt(rgb, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = choosePalette(counts);
  const indexOf = new Map([...counts.keys()].map(colour => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const row = Math.floor(pixel / width);
    rows[row + 1 + pixel] = indexOf.get(colourAt(rgb, pixel * 3)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The most frequent colours, none of them close to another: as close as it takes to have few enough. */
function choosePalette(counts: ReadonlyMap<number, number>): readonly number[] {
  const colours = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  for (let closest = 0; ; closest += 64) {
    const palette: number[] = [];
    for (const colour of colours) {
      if (palette.every(other => distance(other, colour) > closest)) palette.push(colour);
      if (palette.length > mostColours) break;
    }
    if (palette.length <= mostColours) return palette;
  }
}

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map(other => distance(other, colour));
  return distances.indexOf(Math.min(...distances));
}

/** The square of how far two colours are apart. */
function distance(one: number, other: number): number {
  const others = channels(other);
  return channels(one).reduce((sum, value, index) => sum + (value - (others[index] ?? 0)) ** 2, 0);
}

const channels = (colour: number): number[] => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];

const colourAt = (rgb: Uint8Array, at: number): number =>
  ((rgb[at] ?? 0) << 16) | ((rgb[at + 1] ?? 0) << 8) | (rgb[at + 2] ?? 0);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function readPixels(png: Buffer): Pixels {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [depth, colourType, , , interlaced] = png.subarray(24, 29);
  const size = colourType === 2 ? 3 : 4;
  if (depth !== 8 || (colourType !== 2 && colourType !== 6) || interlaced)
    throw new Error('Not a picture as a browser writes it.');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const bytes = withoutFilters(inflateSync(Buffer.concat(data)), width * size, size);
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++)
    rgb.set(bytes.subarray(pixel * size, pixel * size + 3), pixel * 3);
  return { width, height, rgb };
}

/** What a filter has taken off a byte, by the bytes left of it, above it and left above it. */
type Filter = (left: number, above: number, corner: number) => number;

/** The filters of the PNG specification by their number. */
const filters: readonly Filter[] = [
  () => 0,
  left => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const fromLeft = Math.abs(above - corner);
    const fromAbove = Math.abs(left - corner);
    const fromCorner = Math.abs(left + above - 2 * corner);
    if (fromLeft <= fromAbove && fromLeft <= fromCorner) return left;
    return fromAbove <= fromCorner ? above : corner;
  },
];

/** Each row begins with the number of its filter. */
function withoutFilters(rows: Buffer, rowLength: number, pixelSize: number): Uint8Array {
  const height = rows.length / (rowLength + 1);
  const bytes = new Uint8Array(rowLength * height);
  const byteAt = (row: number, column: number): number =>
    row < 0 || column < 0 ? 0 : (bytes[row * rowLength + column] ?? 0);
  for (let row = 0; row < height; row++) {
    const start = row * (rowLength + 1);
    const filter = filters[rows[start] ?? 0];
    if (filter === undefined) throw new Error('A filter that PNG does not have.');
    for (let column = 0; column < rowLength; column++) {
      const left = byteAt(row, column - pixelSize);
      const taken = filter(left, byteAt(row - 1, column), byteAt(row - 1, column - pixelSize));
      bytes[row * rowLength + column] = (rows[start + 1 + column] ?? 0) + taken;
    }
  }
  return bytes;
}
