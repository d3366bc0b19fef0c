import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { openFinding } from "../adapters/drivers.ts";
import { both } from "../adapters/lexical/both.ts";
import { Fault } from "../domain/fault.ts";
import type { Currency } from "../domain/money.ts";
import { readCurrency } from "../knowledge/ingest/price.ts";
import { productProblems } from "../negotiation/limits-goods.ts";
import type { Catalogue } from "../ports/catalogue.ts";
import { closeBase, openBase } from "./base.ts";
import { loadConfig } from "./config.ts";
import { makeFolder } from "./folder.ts";
import { type IngestOptions, type IngestResult, ingest, SHOWN } from "./loading.ts";
import { count, counted } from "./progress.ts";
import { readVendor, type VendorFiles } from "./vendor.ts";

const USAGE = `usage: parley ingest <file or folder> ... [options]
  --currency USD   for prices that name none
  --origin NAME    what this load is called; loading it again withdraws what is gone (default: the path)
  --encoding NAME  of files that are not UTF-8, as euc-kr
  --report FILE    writes every rejected row there
`;

/** Exit code 0 when anything was loaded, 1 when nothing was, 2 for wrong usage. */
export async function run(args: string[]): Promise<number> {
  const wanted = readArgs(args);
  if (typeof wanted === "string") {
    process.stderr.write(wanted);
    return 2;
  }
  const { paths, options, report } = wanted;
  const config = await loadConfig(process.env);
  const policy = await readVendor(config.vendor);
  makeFolder(config.home, "PARLEY_HOME");
  const lines = report === undefined ? undefined : openSync(report, "w");
  const base = await openBase(config);
  const { db } = base;
  const store = await base.catalogue(policy.vendor.default_stock);
  const finding =
    config.search === undefined || db === null ? null : await openFinding(config.search, db, base.search);
  try {
    const against = new Map<string, string>();
    const catalogue = watched(finding ? both(store, finding.catalogue) : store, policy, against);
    const onProblem =
      lines === undefined ? {} : { onProblem: (line: string) => void writeSync(lines, `${line}\n`) };
    const result = await ingest(paths, { ...options, ...onProblem }, { catalogue, out: process.stdout });
    process.stdout.write(summary(result));
    process.stdout.write(warning(against));
    const { embed_url: url, embed_model: model } = config;
    if (url !== undefined && model !== undefined && db !== null) {
      const { makeVectors } = await import("./vectors.ts");
      process.stdout.write(await makeVectors({ url, model, key: config.embed_key }, db));
    }
    return result.entries > 0 ? 0 : 1;
  } finally {
    await closeBase({ ...base, search: finding?.search ?? base.search });
    if (lines !== undefined) closeSync(lines);
  }
}

/** Products against the limits that are written out one by one. */
const WARNED = 20;

function warning(against: ReadonlyMap<string, string>): string {
  if (against.size === 0) return "";
  const lines = [...against.values()].slice(0, WARNED).map((problem) => `limits.yaml: ${problem}\n`);
  const what = counted(against.size, "product goes", "products go");
  return `${lines.join("")}${what} against your limits; until prices or limits are mended nothing is conceded there\n`;
}

/** The catalogue; `against` is told what is wrong with each product that the vendor's limits do not fit. */
function watched(
  catalogue: Catalogue,
  { vendor, limits }: VendorFiles,
  against: Map<string, string>,
): Catalogue {
  return {
    begin: async (origin) => {
      const load = await catalogue.begin(origin);
      return {
        ...load,
        put: async (entries) => {
          for (const entry of entries) {
            if (entry.kind !== "product") continue;
            const wrong = productProblems(vendor, limits, entry).find(({ odd }) => !odd);
            if (wrong) against.set(entry.id, wrong.problem);
          }
          await load.put(entries);
        },
      };
    },
  };
}

/** What a load did, for a person. */
export function summary({ rejected, skipped, kept, entries, rows, ...report }: IngestResult): string {
  const lines: string[] = [];
  if (rejected > SHOWN)
    lines.push(`... and ${count(rejected - SHOWN)} more; --report FILE names every rejected row`);
  const explained = new Set<string>();
  for (const { file, reason } of skipped) {
    // What a file would need is a long list, and the same for all: once is enough.
    const [short = "", needed = ""] = reason.split(NEEDED, 2);
    lines.push(`skipped ${file}: ${needed === "" || explained.has(needed) ? short : reason}`);
    explained.add(needed);
  }
  for (const { origin, stored } of kept) {
    lines.push(
      stored === 0
        ? `${origin}: nothing in it could be loaded; what it had before stays`
        : `${origin}: ${counted(stored, "entry", "entries")} stored; none was withdrawn, as not all of it could be read`,
    );
  }
  const parts = Object.entries({ ...report, rejected }).map(([name, number]) => `${count(number)} ${name}`);
  lines.push(
    `${counted(entries, "entry", "entries")} from ${counted(rows, "row", "rows")}: ${parts.join(", ")}`,
  );
  return `${lines.join("\n")}\n`;
}

/** Where a reason turns from what was found to what the formats need. */
const NEEDED = /(?= Needed, one of:)/;

interface Wanted {
  readonly paths: readonly string[];
  readonly options: IngestOptions;
  readonly report: string | undefined;
}

/** The arguments, or what to tell whoever gave wrong ones. */
function readArgs(args: string[]): Wanted | string {
  const text = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { currency: text, origin: text, encoding: text, report: text },
    });
    if (positionals.length === 0) return USAGE;
    const { origin, encoding, report } = values;
    const currency = currencyOf(values.currency);
    const options = {
      now: new Date().toISOString(),
      ...(currency === undefined ? {} : { currency }),
      ...(origin === undefined ? {} : { origin }),
      ...(encoding === undefined ? {} : { encoding }),
    };
    return { paths: positionals, options, report };
  } catch (problem) {
    return `parley ingest: ${problem instanceof Error ? problem.message : String(problem)}\n${USAGE}`;
  }
}

function currencyOf(given: string | undefined): Currency | undefined {
  if (given === undefined) return undefined;
  const currency = readCurrency(given);
  if (currency === null) throw new Fault("bad_config", `--currency ${given} is no ISO 4217 code`);
  return currency;
}
