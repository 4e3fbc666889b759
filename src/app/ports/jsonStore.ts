/** Keeps one value, such as the last list of models, so that it is there at once after a restart. */
export interface JsonStore<T> {
  /** Undefined when there is none, or what is there is not such a value. */
  read(): Promise<T | undefined>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}
