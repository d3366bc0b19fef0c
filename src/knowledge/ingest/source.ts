import { Fault } from "../../domain/fault.ts";
import type { Currency } from "../../domain/money.ts";

/** What a load is told besides the files. `now` (RFC 3339) decides whether a dated sale price holds. */
export interface Settings {
  /** The currency of prices that name none. */
  readonly currency?: Currency;
  readonly now: string;
}

/** One record of a source, before anybody knows what it means. `line` counts from 1, where the format has lines. */
export interface Row {
  readonly line?: number;
  /** The heading it stood under. */
  readonly section?: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A record that could not even be read; `problem` says why and how to mend it. */
export interface BadRow {
  readonly line?: number;
  readonly problem: string;
}

/** Takes the text of one source in pieces and gives its rows as soon as they are whole. */
export interface Reader {
  push(text: string): readonly (Row | BadRow)[];
  end(): readonly (Row | BadRow)[];
}

/** A way rows are written down. `open` is given the file's name, for formats that take meaning from it. */
export interface Format {
  readonly name: string;
  readonly extensions: readonly string[];
  readonly open: (name: string) => Reader;
}

/** An entry without its source and not yet checked. */
export type Draft = Readonly<Record<string, unknown>>;

/**
 * What the columns of a source mean. `fits` sees the names of all columns of the first rows, in `snake` form.
 * `drafts` throws a `bad_source` fault for a row it cannot use, and yields one for a part of a row.
 */
export interface Shape {
  readonly name: string;
  /** The columns it takes, for a merchant whose file was not recognised. */
  readonly needs: string;
  readonly fits: (columns: ReadonlySet<string>) => boolean;
  readonly drafts: (row: Row, settings: Settings) => Iterable<Draft | Fault>;
}

/** The drafts of each part of a row; a part that cannot be used gives its fault and the others go on. */
export function* each<T>(
  parts: Iterable<T>,
  drafts: (part: T) => Iterable<Draft | Fault>,
): Iterable<Draft | Fault> {
  for (const part of parts) {
    try {
      yield* drafts(part);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      yield fault;
    }
  }
}

/** A row of no use: the reason names the column, its value and how to mend it. */
export function bad(reason: string): Fault {
  return new Fault("bad_source", reason);
}

/** A value as it is shown in a reason: quoted and short. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
