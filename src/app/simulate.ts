import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openLimitKeys } from "../adapters/keys.ts";
import type { Shop } from "../arena/conversation.ts";
import { simulated } from "../arena/simulate.ts";
import { page } from "../arena/simulate-page.ts";
import { reportOf } from "../arena/simulate-report.ts";
import { drawsFor } from "../domain/draws.ts";
import { Fault } from "../domain/fault.ts";
import type { Limits } from "../domain/limits.ts";
import { LIMIT_KEYS, loadConfig } from "./config.ts";
import { checkPageFile, writePage } from "./page-file.ts";
import { shopOf } from "./shop.ts";
import { table } from "./simulate-table.ts";
import { type Goods, goodsIn } from "./vendor.ts";

const USAGE = `usage: parley simulate <vendor folder> [options]
Lets simulated visitors bargain with a new policy before it goes live, and shows what it would come to.
  --against PATH   the old policy, met by the same visitors: a vendor folder, or a limits file for the same goods
  --sessions N     visitors (default: 2000)
  --currency USD   (default: that of the first market)
  --seed N         other visitors for another number (default: 1)
  --out FILE.html  writes a page with charts there
  --json           prints JSON instead of a table
What it prints is SECRET: it holds floors and margins.
`;

const MOST = 200_000;

interface Wanted {
  readonly folder: string;
  readonly against: string | undefined;
  readonly visitors: number;
  readonly currency: string | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** Shows what a policy would come to before it goes live. Exit code 2 for wrong usage. */
export async function run(args: string[]): Promise<number> {
  const wanted = readArgs(args);
  if (typeof wanted === "string") {
    const helped = wanted === USAGE;
    (helped ? process.stdout : process.stderr).write(wanted);
    return helped ? 0 : 2;
  }
  const { folder, visitors, seed, out, json } = wanted;
  if (out !== undefined) checkPageFile(out);
  const goods = await goodsIn(folder);
  const draws = drawing((await loadConfig(process.env)).home);
  const shop = await shopOf(folder, goods, draws.of);
  const against =
    wanted.against === undefined ? null : await otherShop(wanted.against, folder, goods, draws.of);
  const currency = currencyOf(wanted.currency, shop);
  const said = (line: string) => process.stderr.write(process.stderr.isTTY ? `\r${line}` : "");
  const rows = simulated({ shop, against, currency, visitors, seed }, (count) => {
    if (count % 100 === 0 || count === visitors) said(`${count} of ${visitors} visitors`);
  });
  said("\r".padStart(40));
  if (rows.length === 0)
    throw new Fault(
      "bad_config",
      `${folder} has nothing in stock with a price in ${currency}; name another --currency`,
    );
  const report = reportOf({ shop, against, currency, visitors, seed }, rows);
  if (out !== undefined) writePage(out, page(report, rows));
  const notes = `${draws.by === "stand-in" ? STAND_IN : ""}${out === undefined ? "" : `charts: ${out}\n`}`;
  process.stdout.write(
    json ? `${JSON.stringify({ ...report, draws: draws.by })}\n` : `${table(report)}${notes}`,
  );
  return 0;
}

const STAND_IN =
  "No gateway has run here yet, so that the limits above the floors are drawn with a stand-in key: real figures differ a little.\n";

/** With the gateway's own key where it has one, so that the limits are those that go live; nothing is made here. */
export function drawing(home: string): {
  readonly by: "key" | "stand-in";
  readonly of: (limits: Limits) => Shop["draws"];
} {
  const file = join(home, LIMIT_KEYS);
  const keys = existsSync(file) ? openLimitKeys(file) : null;
  const secret = keys?.secret(keys.newest) ?? null;
  if (!keys || secret === null) return { by: "stand-in", of: (limits) => drawsFor(limits, "stand-in", 1) };
  return { by: "key", of: (limits) => drawsFor(limits, secret, keys.newest) };
}

async function otherShop(
  path: string,
  folder: string,
  goods: Goods,
  drawsOf: (limits: Limits) => Shop["draws"],
): Promise<Shop> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Fault("bad_config", `--against ${path}: there is no such folder or file`);
  return found.isDirectory()
    ? shopOf(path, await goodsIn(path), drawsOf)
    : shopOf(folder, goods, drawsOf, { limitsFile: path });
}

function currencyOf(given: string | undefined, { vendor }: Shop): string {
  const sold = Object.keys(vendor.default_ship_to);
  const currency = given?.toUpperCase() ?? vendor.markets[0]?.currency ?? "";
  if (sold.includes(currency)) return currency;
  throw new Fault("bad_config", `--currency ${currency}: this vendor sells in ${sold.join(", ")}`);
}

/** The arguments, or what to tell whoever gave wrong ones. */
function readArgs(args: string[]): Wanted | string {
  const text = { type: "string" } as const;
  const wrong = (problem: string) => `parley simulate: ${problem}\n${USAGE}`;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...{ against: text, sessions: text, currency: text, seed: text, out: text },
        ...{ json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
      },
    });
    const [folder, ...more] = positionals;
    if (values.help) return USAGE;
    if (folder === undefined) return wrong("name the vendor folder to try");
    if (more.length > 0) return wrong(`one vendor folder, not ${positionals.length}`);
    const { against, currency, out, json = false } = values;
    const visitors = wholeNumber("--sessions", values.sessions ?? "2000", 1, MOST);
    const seed = wholeNumber("--seed", values.seed ?? "1", 0, 1_000_000_000);
    return { folder, against, visitors, currency, seed, out, json };
  } catch (problem) {
    // What follows the first sentence tells how to write a value that looks like an option.
    const [said = ""] = (problem instanceof Error ? problem.message : String(problem)).split(/\.\s/);
    return wrong(said);
  }
}

function wholeNumber(option: string, given: string, least: number, most: number): number {
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new RangeError(`${option} ${given}: a whole number from ${least} to ${most}`);
}
