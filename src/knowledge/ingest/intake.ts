import type { z } from "zod";
import { Entry } from "../../domain/entry.ts";
import { Fault } from "../../domain/fault.ts";
import { snake } from "./columns.ts";
import { FORMATS, SHAPES } from "./index.ts";
import { type BadRow, type Draft, type Row, type Settings, type Shape, shown } from "./source.ts";

/** A row that was not taken, or a file that was skipped (`line` is then absent). */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly reason: string;
}

/** What a piece of text yielded: entries ready to store, and what was wrong with the rest of it. */
export interface Batch {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

/** One source being read: text goes in piece by piece, checked entries come out as soon as their rows are whole. */
export interface Intake {
  push(text: string): Batch;
  end(): Batch;
  /** Why the whole source was skipped, once that is known. */
  skipped(): string | null;
  /** Rows seen so far. */
  rows(): number;
}

/** The ids of one load and where each was first seen: a second entry with the same id is refused. */
export type Seen = Map<string, string>;

/** Rows whose columns are looked at before the shape of a source is settled. */
const LOOKED_AT = 20;

/** Null when no format reads files of this name. */
export function openIntake(file: string, settings: Settings, seen: Seen): Intake | null {
  const name = file.toLowerCase().replace(/\.gz$/, "");
  const format = FORMATS.find(({ extensions }) => extensions.some((extension) => name.endsWith(extension)));
  if (format === undefined) return null;
  const reader = format.open(file);
  let shape: Shape | null | undefined;
  let waiting: (Row | BadRow)[] = [];
  let rows = 0;
  let skipped: string | null = null;

  function take(found: readonly (Row | BadRow)[], last: boolean): Batch {
    const entries: Entry[] = [];
    const problems: Problem[] = [];
    rows += found.length;
    for (const row of found) waiting.push(row);
    if (shape === undefined && (last || waiting.length >= LOOKED_AT)) {
      shape = shapeOf(waiting);
      if (shape === null && waiting.some((row) => "value" in row)) skipped = unknownShape(waiting);
      else if (waiting.length === 0) skipped = "it holds no rows";
    }
    if (shape === undefined) return { entries, problems };
    for (const row of waiting) {
      if ("problem" in row) problems.push(problem(file, row.line, row.problem));
      else if (shape !== null) convert(row, shape, { file, settings, seen, entries, problems });
    }
    waiting = [];
    return { entries, problems };
  }

  return {
    push: (text) => take(reader.push(text), false),
    end: () => take(reader.end(), true),
    skipped: () => skipped,
    rows: () => rows,
  };
}

interface Target {
  readonly file: string;
  readonly settings: Settings;
  readonly seen: Seen;
  readonly entries: Entry[];
  readonly problems: Problem[];
}

function convert(row: Row, shape: Shape, target: Target): void {
  try {
    for (const draft of shape.drafts(row, target.settings)) {
      if (draft instanceof Fault) target.problems.push(problem(target.file, row.line, draft.message));
      else admit(draft, row, target);
    }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    target.problems.push(problem(target.file, row.line, fault.message));
  }
}

function admit(draft: Draft, row: Row, { file, seen, entries, problems }: Target): void {
  const source = {
    name: file.slice(-400),
    ...(row.line === undefined ? {} : { line: row.line }),
    ...(row.section === undefined ? {} : { section: row.section }),
  };
  const parsed = Entry.safeParse({ ...draft, source });
  if (!parsed.success) {
    problems.push(problem(file, row.line, reasonOf(parsed.error, draft)));
    return;
  }
  const entry = parsed.data;
  const before = seen.get(entry.id);
  if (before !== undefined) {
    const reason = `id ${shown(entry.id)} was already used at ${before}; give each row an id of its own`;
    problems.push(problem(file, row.line, reason));
    return;
  }
  if (!wellFormed(entry)) {
    problems.push(
      problem(file, row.line, "a text holds half a character (a lone surrogate); write it again"),
    );
    return;
  }
  seen.set(entry.id, row.line === undefined ? file : `${file}:${row.line}`);
  entries.push(entry);
}

function problem(file: string, line: number | undefined, reason: string): Problem {
  return line === undefined ? { file, reason } : { file, line, reason };
}

/** "price.USD is -5: Too small: expected number to be >=0". */
function reasonOf(error: z.ZodError, draft: Draft): string {
  const [issue] = error.issues;
  if (issue === undefined) return "is no entry";
  const value = issue.path.reduce<unknown>(
    (part, key) => (typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined),
    draft,
  );
  const path = issue.path.map(String).join(".") || "the row";
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : "";
  if (value === undefined) return `${path} is missing: ${issue.message}${more}`;
  return `${path} is ${shown(value)}: ${issue.message}${more}`;
}

/** Canonical JSON, and so every hash, exists for well-formed text only. */
function wellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  for (const [key, inner] of Object.entries(value))
    if (!key.isWellFormed() || !wellFormed(inner)) return false;
  return true;
}

function shapeOf(rows: readonly (Row | BadRow)[]): Shape | null {
  const columns = new Set<string>();
  for (const row of rows)
    if ("value" in row) for (const name of Object.keys(row.value)) columns.add(snake(name));
  return SHAPES.find((shape) => shape.fits(columns)) ?? null;
}

function unknownShape(rows: readonly (Row | BadRow)[]): string {
  const names = new Set(rows.flatMap((row) => ("value" in row ? Object.keys(row.value) : [])));
  const found = [...names].slice(0, 12).join(", ");
  const needed = SHAPES.map(({ name, needs }) => `\n  ${name}: ${needs}`).join("");
  return `its columns are of no known shape. Found: ${found || "none"}. Needed, one of:${needed}`;
}
