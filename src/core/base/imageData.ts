/** The kinds of image that models read and the panel shows. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;
export type ImageType = (typeof imageTypes)[number];

/** What an image is by its own bytes, whatever anybody calls it. */
export interface ImageFacts {
  readonly mediaType: ImageType;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Length of the image itself. */
  readonly bytes: number;
}

/** Vendors make larger images smaller themselves: more pixels would cost time, and tell the model nothing. */
export const longestImageSide = 1568;
/** Servers take some 5 MB for one image, its base64 included. */
export const mostImageBytes = 3_500_000;

/** Whether an image can be sent as it is. */
export const isSmallImage = ({ width, height, bytes }: ImageFacts): boolean =>
  Math.max(width, height) <= longestImageSide && bytes <= mostImageBytes;

/** More pixels on one side are no picture that anybody looks at. */
const longestSide = 20_000;

/** What the image in a `data:` address is; undefined when it is none of {@link imageTypes}, or damaged. */
export function readImageUrl(url: string): ImageFacts | undefined {
  const bytes = imageBytes(url);
  return bytes && readImage(bytes);
}

/** The bytes that a `data:` address holds in base64; undefined when it is none. */
export function imageBytes(url: string): Uint8Array | undefined {
  const [head = '', base64 = ''] = url.split(',', 2);
  if (!/^data:image\/[a-z+.-]+;base64$/i.test(head)) return undefined;
  try {
    return base64Bytes(base64);
  } catch {
    // Not base64.
    return undefined;
  }
}

/** Throws when `base64` is none. */
export function base64Bytes(base64: string): Uint8Array<ArrayBuffer> {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  // `Uint8Array.from` takes seconds for a few megabytes.
  for (let at = 0; at < characters.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

/** `bytes` as a `data:` address. */
export function toImageUrl(bytes: Uint8Array, mediaType: ImageType): string {
  const pieces: string[] = [];
  // One call takes only so many arguments, and spreading them would take seconds for a few megabytes.
  for (let at = 0; at < bytes.length; at += 0x2000)
    pieces.push(Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + 0x2000)));
  return `data:${mediaType};base64,${btoa(pieces.join(''))}`;
}

/** What `bytes` are by their beginning. */
export function readImage(bytes: Uint8Array): ImageFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [mediaType, read] of readers) {
    const size = read(view);
    if (!size) continue;
    const [width, height] = size;
    const isPicture = width > 0 && height > 0 && Math.max(width, height) <= longestSide;
    return isPicture ? { mediaType, width, height, bytes: bytes.length } : undefined;
  }
  return undefined;
}

type Size = readonly [width: number, height: number];

const readers: readonly (readonly [ImageType, (view: DataView) => Size | undefined])[] = [
  ['image/png', pngSize],
  ['image/jpeg', jpegSize],
  ['image/webp', webpSize],
  ['image/gif', gifSize],
];

function textAt(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) return '';
  return String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(at + index)));
}

/** https://www.w3.org/TR/png-3/#5PNG-file-signature */
function pngSize(view: DataView): Size | undefined {
  if (textAt(view, 0, 8) !== '\x89PNG\r\n\x1a\n' || view.byteLength < 24) return undefined;
  return [view.getUint32(16), view.getUint32(20)];
}

function gifSize(view: DataView): Size | undefined {
  if (!/^GIF8[79]a$/.test(textAt(view, 0, 6)) || view.byteLength < 10) return undefined;
  return [view.getUint16(6, true), view.getUint16(8, true)];
}

/** Segments follow each other until the one that says the size. */
function jpegSize(view: DataView): Size | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Start of frame, of which C4, C8 and CC are none.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView): Size | undefined {
  if (textAt(view, 0, 4) !== 'RIFF' || textAt(view, 8, 4) !== 'WEBP' || view.byteLength < 30)
    return undefined;
  switch (textAt(view, 12, 4)) {
    case 'VP8 ':
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [uint24(view, 24) + 1, uint24(view, 27) + 1];
    default:
      return undefined;
  }
}

const uint24 = (view: DataView, at: number): number =>
  view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
