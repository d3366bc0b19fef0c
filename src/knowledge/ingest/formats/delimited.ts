import { parse } from "csv-parse/sync";
import type { BadRow, Format, Reader, Row } from "../source.ts";

/** Comma-separated values (RFC 4180); semicolons and tabs are found out from the heading. */
export const csv: Format = { name: "CSV", extensions: [".csv"], open: () => open(undefined) };

/** Tab-separated values, as Google Merchant Center takes and gives them. */
export const tsv: Format = { name: "TSV", extensions: [".tsv", ".txt"], open: () => open("\t") };

/** A record longer than this has a quote that was never closed. */
const MAX_RECORD = 1_000_000;

interface Piece {
  readonly text: string;
  readonly line: number;
}

/**
 * Cuts the text into whole records here, because that needs the line each begins on and must outlive a quote that
 * is never closed; csv-parse then takes the records apart.
 */
function open(given: string | undefined): Reader {
  let pending = "";
  let line = 1;
  let delimiter = given;
  let heading: readonly string[] | undefined;

  function rows(text: string, last: boolean): (Row | BadRow)[] {
    pending += text;
    if (delimiter === undefined) {
      const end = pending.indexOf("\n");
      if (end < 0 && !last && pending.length < MAX_RECORD) return [];
      delimiter = delimiterOf(end < 0 ? pending : pending.slice(0, end));
    }
    const found: (Row | BadRow)[] = [];
    const pieces: Piece[] = [];
    const flush = () => {
      for (const { fields, piece } of split(pieces.splice(0), delimiter ?? ",")) {
        if (typeof fields === "string") found.push({ line: piece.line, problem: fields });
        else if (heading === undefined) heading = headingOf(fields);
        else found.push(rowOf(fields, heading, piece.line));
      }
    };
    let from = 0;
    while (from < pending.length) {
      const cut = recordEnd(pending, from, delimiter, last);
      if (cut.end < 0 && !cut.runaway) break;
      if (cut.runaway) {
        flush();
        const problem =
          'a quote (") opens in this row and is never closed; close it, or double it inside a value';
        found.push({ line, problem });
        const newline = pending.indexOf("\n", from);
        line += 1;
        from = newline < 0 ? pending.length : newline + 1;
        continue;
      }
      const record = pending.slice(from, cut.end);
      if (record.trim() !== "") pieces.push({ text: record, line });
      line += cut.lines;
      from = cut.end;
    }
    pending = pending.slice(from);
    flush();
    return found;
  }

  return { push: (text) => rows(text, false), end: () => rows("", true) };
}

/** Where the record that begins at `from` ends (past its line end); -1 when that is not yet known. */
function recordEnd(text: string, from: number, delimiter: string, last: boolean) {
  const mark = delimiter.charCodeAt(0);
  let quoted = false;
  let fresh = true;
  let lines = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 10) lines += 1;
    if (quoted) {
      if (char === 34) {
        if (text.charCodeAt(at + 1) === 34) at += 1;
        else quoted = fresh = false;
      }
    } else if (char === 10) return { end: at + 1, lines, runaway: false };
    else if (char === 34 && fresh) quoted = true;
    else fresh = char === mark || (fresh && char === 32);
    if (at - from > MAX_RECORD) return { end: -1, lines, runaway: true };
  }
  if (last) return { end: quoted ? -1 : text.length, lines: lines + 1, runaway: quoted };
  return { end: -1, lines, runaway: false };
}

const OPTIONS = { relax_column_count: true, relax_quotes: true, trim: true, bom: true } as const;

/** The fields of each record. One bad record makes csv-parse refuse the whole text, so then they go one by one. */
function* split(
  pieces: readonly Piece[],
  delimiter: string,
): Iterable<{ fields: string[] | string; piece: Piece }> {
  const options = { ...OPTIONS, delimiter, max_record_size: 2 * MAX_RECORD };
  const whole = pieces.length > 1 ? attempt(pieces.map(({ text }) => text).join(""), options) : [];
  for (const [index, piece] of pieces.entries()) {
    const fields = Array.isArray(whole) && whole.length === pieces.length ? whole[index] : undefined;
    const alone = fields ?? attempt(piece.text, options);
    yield { fields: Array.isArray(alone) ? (fields ?? first(alone)) : alone, piece };
  }
}

function first(records: readonly (string[] | string)[]): string[] {
  const record = records[0];
  return Array.isArray(record) ? record : [];
}

function attempt(text: string, options: typeof OPTIONS & { delimiter: string; max_record_size: number }) {
  try {
    return parse(text, options);
  } catch {
    return "has quotes in the wrong place; put quotes around the whole value and double those inside it";
  }
}

function delimiterOf(heading: string): string {
  let best = ",";
  let most = 0;
  for (const mark of [",", ";", "\t", "|"]) {
    const count = heading.replace(/"[^"]*"/g, "").split(mark).length;
    if (count > most) [best, most] = [mark, count];
  }
  return best;
}

/** Excel may write `sep=;` above the heading. */
function headingOf(fields: readonly string[]): readonly string[] | undefined {
  return /^sep=.?$/i.test(fields.join("")) ? undefined : fields;
}

function rowOf(fields: readonly string[], heading: readonly string[], line: number): Row | BadRow {
  const extra = fields.slice(heading.length).some((field) => field !== "");
  if (extra || fields.length < heading.length) {
    const hint = "a value that holds the separator or a line end needs quotes around it";
    return { line, problem: `has ${fields.length} values for ${heading.length} columns; ${hint}` };
  }
  const value: Record<string, unknown> = {};
  for (const [index, name] of heading.entries()) {
    const field = fields[index];
    if (name !== "" && field !== undefined && field !== "" && !Object.hasOwn(value, name))
      value[name] = field;
  }
  return { line, value };
}
