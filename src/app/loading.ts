import { styleText } from "node:util";
import type { Entry } from "../domain/entry.ts";
import { Fault } from "../domain/fault.ts";
import { openIntake, type Problem, type Seen } from "../knowledge/ingest/intake.ts";
import type { Settings } from "../knowledge/ingest/source.ts";
import type { Catalogue, Load, LoadReport } from "../ports/catalogue.ts";
import { counted, type Out, type Progress, progressOn } from "./progress.ts";
import { findSources, type SourceFile, textOf } from "./sources.ts";

export interface IngestOptions extends Settings {
  /** Name of what is loaded; a path is its own origin. Loading an origin again withdraws what it no longer has. */
  readonly origin?: string;
  /** WHATWG name of the encoding of files without a byte order mark; UTF-8 when absent. */
  readonly encoding?: string;
  /** Is told of every row that was not taken. */
  readonly onProblem?: (line: string) => void;
}

export interface IngestResult extends LoadReport {
  readonly rows: number;
  readonly entries: number;
  readonly rejected: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Origins of which nothing was withdrawn, because a file broke or had no good row, and what they stored. */
  readonly kept: readonly { readonly origin: string; readonly stored: number }[];
}

/**
 * Loads files and folders into the catalogue, each path an origin of its own unless one is named. A bad row costs
 * that row only. Throws `bad_source` when a path is not there.
 */
export async function ingest(
  paths: readonly string[],
  options: IngestOptions,
  { catalogue, out }: { readonly catalogue: Catalogue; readonly out: Out },
): Promise<IngestResult> {
  const found: { origin: string; files: SourceFile[] }[] = [];
  for (const path of paths) {
    const files = await findSources(path);
    const last = found.at(-1);
    if (options.origin !== undefined && last !== undefined) last.files.push(...files);
    else found.push({ origin: options.origin ?? path.replace(/(?<=[^/])\/+$/, ""), files });
  }
  const bytes = found.flatMap(({ files }) => files).reduce((sum, file) => sum + file.bytes, 0);
  const run: Run = { options, out, progress: progressOn(out, bytes), bytes: 0, ...emptyTally() };
  for (const { origin, files } of found) await loadOrigin(origin, files, await catalogue.begin(origin), run);
  run.progress.clear();
  const { rows, entries, rejected, skipped, kept, report } = run;
  return { ...report, rows, entries, rejected, skipped, kept };
}

interface Run {
  readonly options: IngestOptions;
  readonly out: Out;
  readonly progress: Progress;
  bytes: number;
  rows: number;
  entries: number;
  rejected: number;
  report: LoadReport;
  readonly skipped: { file: string; reason: string }[];
  readonly kept: { origin: string; stored: number }[];
}

function emptyTally() {
  const report: LoadReport = { added: 0, changed: 0, unchanged: 0, withdrawn: 0 };
  return { rows: 0, entries: 0, rejected: 0, report, skipped: [], kept: [] };
}

/** Bad rows shown one by one; the rest are counted, and told to `onProblem`. */
export const SHOWN = 50;

/** Entries handed over at once: what a load holds in memory stays bounded however large its files are. */
const BATCH = 500;

async function loadOrigin(origin: string, files: readonly SourceFile[], load: Load, run: Run): Promise<void> {
  const seen: Seen = new Map();
  let whole = true;
  for (const file of files) {
    const intact = await loadFile(file, load, seen, run);
    whole &&= intact;
  }
  // A file that broke says nothing about what is no longer sold: only a whole load may withdraw.
  whole &&= seen.size > 0;
  if (!whole) run.kept.push({ origin, stored: seen.size });
  const { added, changed, unchanged, withdrawn } = whole ? await load.finish() : await load.leave();
  run.report = {
    added: run.report.added + added,
    changed: run.report.changed + changed,
    unchanged: run.report.unchanged + unchanged,
    withdrawn: run.report.withdrawn + withdrawn,
  };
}

/** False when the file could not be read to its end, or had rows and none of them was good. */
async function loadFile(file: SourceFile, load: Load, seen: Seen, run: Run): Promise<boolean> {
  const intake = openIntake(file.name, run.options, seen);
  if (intake === null) {
    run.skipped.push({ file: file.path, reason: "no format reads files of this name" });
    run.bytes += file.bytes;
    return true;
  }
  const before = { rows: run.rows, entries: run.entries, rejected: run.rejected };
  const waiting: Entry[] = [];
  const take = async ({ entries, problems }: ReturnType<typeof intake.push>, last: boolean) => {
    for (const problem of problems) reject(problem, file, run);
    waiting.push(...entries);
    run.entries += entries.length;
    run.rows = before.rows + intake.rows();
    if (waiting.length >= BATCH || last) await load.put(waiting.splice(0));
    run.progress.at(run.bytes, run.rows);
  };
  try {
    const read = (bytes: number) => {
      run.bytes += bytes;
    };
    for await (const text of textOf(file, run.options.encoding, read)) await take(intake.push(text), false);
    await take(intake.end(), true);
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== "bad_source") throw fault;
    await load.put(waiting.splice(0));
    run.skipped.push({ file: file.path, reason: fault.message });
    return false;
  }
  const reason = intake.skipped();
  if (reason !== null) run.skipped.push({ file: file.path, reason });
  else
    told(
      `${file.path}: ${counted(run.entries - before.entries, "entry", "entries")} of ${counted(intake.rows(), "row", "rows")}`,
      run,
    );
  return run.entries > before.entries || run.rejected === before.rejected;
}

function told(line: string, { out, progress }: Run): void {
  progress.clear();
  out.write(`${line}\n`);
}

function reject(problem: Problem, file: SourceFile, run: Run): void {
  run.rejected += 1;
  const line = `${file.path}${problem.line === undefined ? "" : `:${problem.line}`}: ${problem.reason}`;
  run.options.onProblem?.(line);
  if (run.rejected <= SHOWN) told(run.out.isTTY ? styleText("yellow", line) : line, run);
}
