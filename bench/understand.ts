import { join } from "node:path";
import { parseArgs } from "node:util";
import { type GoldEntry, goldOf } from "./understand-gold.ts";
import { judged, type Verdict } from "./understand-judge.ts";
import { type Stage, stageOf } from "./understand-stage.ts";

const ROOT = join(import.meta.dirname, "..");
const LANGS = ["en", "ko"] as const;

interface Seen {
  readonly entry: GoldEntry;
  readonly verdict: Verdict;
}

/** How the house reads messages without a model, against gold readings by a writer who had not seen its grammar. */
export async function run(args: string[]): Promise<object> {
  const { values } = parseArgs({ args, options: { show: { type: "string" } } });
  const stage = await stageOf(ROOT, "demo");
  const halves: Record<string, object> = {};
  const failures: string[] = [];
  for (const half of ["dev", "held"] as const) {
    const seen = await readAll(goldOf(ROOT, half), stage);
    // What fails in the held half is counted and not shown: whoever reads it can no longer measure by it.
    if (half === "dev" && values.show !== undefined) show(seen, values.show);
    for (const lang of LANGS) {
      const line = figures(seen.filter(({ entry }) => entry.lang === lang));
      halves[`${half}_${lang}`] = line;
      process.stdout.write(`${half} ${lang} ${JSON.stringify(line)}\n`);
    }
  }
  return { ...halves, failures };
}

async function readAll(entries: readonly GoldEntry[], stage: Stage): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const entry of entries)
    seen.push({ entry, verdict: judged(entry, await stage.understood(entry.says, stage.stateOf(entry))) });
  return seen;
}

function figures(seen: readonly Seen[]): object {
  const share = (of: (verdict: Verdict) => boolean | null) => {
    const told = seen.map(({ verdict }) => of(verdict)).filter((one) => one !== null);
    return { share: Math.round((told.filter(Boolean).length / told.length) * 1_000) / 1_000, n: told.length };
  };
  return {
    acts: share(({ acts }) => acts),
    price: share(({ price }) => price),
    quantity: share(({ quantity }) => quantity),
    items: share(({ items }) => items),
    wrongly_binding: seen.filter(({ verdict }) => verdict.wrongly_binding).length,
    binding_recall: share(({ bound }) => bound),
  };
}

const WRONG: Readonly<Record<string, (verdict: Verdict) => boolean>> = {
  acts: ({ acts }) => !acts,
  price: ({ price }) => price === false,
  quantity: ({ quantity }) => quantity === false,
  items: ({ items }) => items === false,
  binding: ({ wrongly_binding }) => wrongly_binding,
  missed: ({ bound }) => bound === false,
};

function show(seen: readonly Seen[], what: string): void {
  const wrong = WRONG[what] ?? (() => true);
  for (const { entry, verdict } of seen.filter((one) => wrong(one.verdict)))
    process.stdout.write(
      `${entry.id}: ${entry.says}\n  context ${JSON.stringify(entry.context)}\n  gold ${JSON.stringify(entry.gold)}${entry.or ? ` or ${JSON.stringify(entry.or)}` : ""}\n  read ${verdict.read}\n`,
    );
}
