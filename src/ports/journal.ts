/**
 * Lines that are only ever added to, each a JSON value without line ends. A promise of `add` MUST resolve only once its
 * lines are on disk (fsync), and MUST add all of them one after another. What a crash left of a line that was never
 * acknowledged MUST NOT be read, nor run into the next.
 */
export interface Journal {
  /** Where it is, for whoever has to be told. */
  readonly at: string;
  add(lines: readonly string[]): Promise<void>;
  /** From the first line on; a journal that was never added to has none. */
  lines(): AsyncIterable<string>;
}
