import {
  isSmallImage,
  longestImageSide,
  mostImageBytes,
  readImage,
  toImageUrl,
} from '../../../core/base/imageData';

/** Good enough to read small print in a photograph of a screen. */
const jpegQuality = 0.85;

/** The image as a `data:` address, with fewer pixels where it has too many; undefined when it is none that can be read. */
export async function shrinkImage(blob: Blob): Promise<string | undefined> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const facts = readImage(bytes);
  if (facts && isSmallImage(facts)) return toImageUrl(bytes, facts.mediaType);
  try {
    const bitmap = await createImageBitmap(blob);
    // A photograph stays one; what has sharp edges keeps them unless it gets too large.
    const isPhoto = facts?.mediaType === 'image/jpeg';
    const exact = isPhoto ? undefined : await drawn(bitmap, 'image/png');
    return exact ?? (await drawn(bitmap, 'image/jpeg'));
  } catch {
    // No image, or of a kind that the browser does not know.
    return undefined;
  }
}

async function drawn(bitmap: ImageBitmap, type: 'image/png' | 'image/jpeg'): Promise<string | undefined> {
  const factor = Math.min(1, longestImageSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * factor));
  canvas.height = Math.max(1, Math.round(bitmap.height * factor));
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  if (type === 'image/jpeg') {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, type, jpegQuality));
  if (!blob || blob.size > mostImageBytes) return undefined;
  return toImageUrl(new Uint8Array(await blob.arrayBuffer()), type);
}
