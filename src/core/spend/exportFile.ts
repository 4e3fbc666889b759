/** A file that is being written. Exactly one of `commit` and `discard` ends it. */
export interface ExportFile {
  /** Appends; resolves when the text has left memory. Rejects when the disk is full or gone. */
  write(text: string): Promise<void>;
  /** Puts the finished file in its place, replacing what was there. */
  commit(): Promise<void>;
  /** Leaves nothing behind; what stood at the place stays as it was. Never rejects. */
  discard(): Promise<void>;
}

/** Begins a file at `target`, a path or URI as the implementation says. */
export type OpenExportFile<Target> = (target: Target) => Promise<ExportFile>;
