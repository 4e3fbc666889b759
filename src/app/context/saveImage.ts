import { imageBytes, readImage } from '../../core/base/imageData';
import { say } from '../../core/base/plainText';
import type { Turn } from '../../core/chat/conversation';
import { exportToFile, writeWhole } from '../exportToFile';
import type { Dialogs } from '../ports/dialogs';

const endings = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
} as const;

/** Writes images of answers into files. */
export class SaveImage {
  constructor(private readonly dialogs: Pick<Dialogs, 'news' | 'warn' | 'revealFile' | 'saveFile'>) {}

  /** Does nothing when the answer has no such image to show. */
  async save({ answer }: Turn, index: number): Promise<void> {
    const image = answer.images?.[index];
    const bytes = image?.kind === 'shown' ? imageBytes(image.url) : undefined;
    const facts = bytes && readImage(bytes);
    if (!bytes || !facts) return;
    const target = await this.dialogs.saveFile({
      title: say`Save Image`,
      name: `answer-${index + 1}.${endings[facts.mediaType]}`,
      kind: say`Image`,
    });
    if (!target) return;
    await exportToFile(this.dialogs, target, async () => {
      await writeWhole(target, bytes);
      return say`Saved ${target.name}`;
    });
  }
}
