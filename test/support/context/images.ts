import { toImageUrl } from '../../../src/core/base/imageData';

/** The beginning of a PNG of that size, filled up to `bytes`: enough for whoever looks at sizes only. */
export function pngBytes(width: number, height: number, bytes = 64): Uint8Array {
  const png = new Uint8Array(Math.max(bytes, 33));
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(png.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return png;
}

export const pngUrl = (width: number, height: number, bytes?: number): string =>
  toImageUrl(pngBytes(width, height, bytes), 'image/png');

/** A whole PNG of one pixel, which a browser can show. */
export const pixelUrl =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
