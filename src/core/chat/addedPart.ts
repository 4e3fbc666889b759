import type { ImageType } from '../base/imageData';

/** What a user can add to a question. */
export type AddedKind = 'file' | 'symbol' | 'problems' | 'diff' | 'terminal' | 'clipboard' | 'image';

/** A text that the user added to a question, as it was when it was sent. */
export interface AddedText {
  readonly kind: Exclude<AddedKind, 'image'>;
  /** What it is called: a symbol's name, "Staged changes"; of a file its path. */
  readonly name: string;
  /** As in `SentCode.path`; undefined when it stands in no file, or in several. */
  readonly path?: string;
  /** VS Code language id. */
  readonly languageId?: string;
  /** 1-based, inclusive. */
  readonly startLine?: number;
  readonly endLine?: number;
  readonly text: string;
}

/** An image that the user added to a question. */
export interface AddedImage {
  readonly kind: 'image';
  readonly name: string;
  readonly path?: string;
  /** A `data:` address; undefined when the image was not kept. */
  readonly url?: string;
  readonly mediaType: ImageType;
  /** In pixels, as it is sent. */
  readonly width: number;
  readonly height: number;
}

export type AddedPart = AddedText | AddedImage;
