import { join } from "node:path";
import { parseArgs } from "node:util";
import { read } from "../src/understanding/read.ts";
import { craigslist } from "./understand-craigslist.ts";
import { type GoldEntry, goldOf } from "./understand-gold.ts";
import { judged, type Verdict } from "./understand-judge.ts";
import { publicSets } from "./understand-public.ts";
import { NOW, type Stage, stageOf } from "./understand-stage.ts";

const ROOT = join(import.meta.dirname, "..");
const LANGS = ["en", "ko"] as const;

interface Seen {
  readonly entry: GoldEntry;
  readonly verdict: Verdict;
}

/** Least shares of what is right, in either language, of the half that nothing is tuned on. */
const BARS = { acts: 0.93, price: 0.95, quantity: 0.95, binding_recall: 0.95 } as const;
const MESSAGES_A_SECOND = 5_000;

/**
 * How the house reads messages without a model, against gold readings by a writer who had not seen its grammar. One half
 * may be tuned on; the bars are on the other. `--show acts` (price, quantity, items, binding, missed) tells the worst of the
 * first half, `--show craigslist` those of people haggling with each other. Beside it the public sets of PARLEY_DATA: see understand-public.ts.
 */
export async function run(args: string[]): Promise<object> {
  const { values } = parseArgs({ args, options: { show: { type: "string" } } });
  const stage = await stageOf(ROOT, "demo");
  const halves: Record<string, Figures> = {};
  process.stdout.write(
    "half  language  acts   price  quantity  items  yes heard  yes heard where there is none\n",
  );
  for (const half of ["dev", "held"] as const) {
    const seen = await readAll(goldOf(ROOT, half), stage);
    // What fails in the held half is counted and not shown: whoever reads it can no longer measure by it.
    if (half === "dev" && values.show !== undefined && values.show !== "craigslist") show(seen, values.show);
    for (const lang of LANGS) {
      const line = figures(seen.filter(({ entry }) => entry.lang === lang));
      halves[`${half}_${lang}`] = line;
      process.stdout.write(rowOf(half, lang, line));
    }
  }
  const speed = speedOf([...goldOf(ROOT, "dev"), ...goldOf(ROOT, "held")], stage);
  const { failures, ...open } = publicSets(stage);
  return {
    ...halves,
    craigslist: craigslist(values.show === "craigslist"),
    bars: { ...BARS, wrongly_binding: 0, per_s: MESSAGES_A_SECOND },
    ...speed,
    ...open,
    failures: [...missed(halves, speed), ...failures],
  };
}

function rowOf(half: string, lang: string, line: Figures): string {
  const shares = [line.acts, line.price, line.quantity, line.items, line.binding_recall];
  return `${half.padEnd(6)}${lang.padEnd(8)}${shares.map(({ share }) => share.toFixed(3).padStart(8)).join("")}${String(line.wrongly_binding).padStart(6)}\n`;
}

function missed(halves: Readonly<Record<string, Figures>>, { per_s }: ReturnType<typeof speedOf>): string[] {
  const lines = Object.entries(halves);
  const low = lines
    .filter(([name]) => name.startsWith("held"))
    .flatMap(([name, line]) =>
      (Object.keys(BARS) as (keyof typeof BARS)[])
        .filter((part) => line[part].share < BARS[part])
        .map((part) => `${name}: ${part} ${line[part].share}, less than ${BARS[part]}`),
    );
  const binding = lines.flatMap(([name, { wrongly_binding }]) =>
    wrongly_binding > 0 ? [`${name}: ${wrongly_binding} heard as a yes that are none`] : [],
  );
  return [...low, ...binding, ...(per_s < MESSAGES_A_SECOND ? [`${per_s} messages a second`] : [])];
}

/** Messages a second in one thread, the reading alone; beside it how many are only split into words. */
function speedOf(entries: readonly GoldEntry[], stage: Stage): { per_s: number; split_per_s: number } {
  const talks = entries.map((entry) => ({ text: entry.says, state: stage.stateOf(entry) }));
  const rate = (each: (talk: (typeof talks)[number]) => unknown) => {
    for (const talk of talks) each(talk);
    const began = performance.now();
    let done = 0;
    while (performance.now() - began < 2_000)
      for (const talk of talks) {
        each(talk);
        done++;
      }
    return Math.round((done * 1_000) / (performance.now() - began));
  };
  return {
    per_s: rate(({ text, state }) => read(text, { state, now: NOW })),
    split_per_s: rate(({ text }) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)),
  };
}

async function readAll(entries: readonly GoldEntry[], stage: Stage): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const entry of entries)
    seen.push({ entry, verdict: judged(entry, await stage.understood(entry.says, stage.stateOf(entry))) });
  return seen;
}

interface Share {
  readonly share: number;
  readonly n: number;
}

interface Figures {
  readonly acts: Share;
  readonly price: Share;
  readonly quantity: Share;
  readonly items: Share;
  readonly wrongly_binding: number;
  readonly binding_recall: Share;
}

function figures(seen: readonly Seen[]): Figures {
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
