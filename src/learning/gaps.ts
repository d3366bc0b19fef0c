import type { Lang } from "../domain/text.ts";
import type { Hindsight, Lack, LackGroup } from "../ports/hindsight.ts";
import type { Gap, GapQuery, GapWhy } from "../protocol/gaps.ts";
import { WHYS } from "./lacks.ts";
import { type Record, recordIn } from "./record.ts";

/** Examples of one gap in one language. */
const EXAMPLES = 4;

/** What a product is called; null for one that is not sold any more. */
export type NameOf = (skus: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** A page of gaps, those that wait for staff first, and among them what was asked most often with most at stake. */
export async function gapsPage(
  { after, limit, lang, state }: GapQuery,
  hindsight: Hindsight,
  nameOf: NameOf,
): Promise<{ readonly gaps: Gap[]; readonly next: string | null }> {
  const groups = await hindsight.groups(lang ?? null);
  const records = new Map((await hindsight.handled()).map((one) => [one.gap, recordIn(one)]));
  const order = ranked(groups, records).filter(
    (gap) => state === undefined || stateOf(records.get(gap)) === state,
  );
  const from = after === undefined ? 0 : order.indexOf(after) + 1;
  const page = order.slice(from, from + limit);
  const whys = await whysOf(hindsight);
  const examples = Map.groupBy(await hindsight.examples(page, EXAMPLES), ({ gap }) => gap);
  const byGap = Map.groupBy(groups, ({ gap }) => gap);
  const names = await nameOf([
    ...new Set(groups.flatMap(({ gap, sku }) => (sku && page.includes(gap) ? [sku] : []))),
  ]);
  const gaps = page.map((gap) =>
    shown(gap, byGap.get(gap) ?? [], examples.get(gap) ?? [], {
      ...{ names, lang: lang ?? null, why: whys.get(gap) ?? "unsure", record: records.get(gap) },
    }),
  );
  return { gaps, next: from + limit < order.length ? (page.at(-1) ?? null) : null };
}

function stateOf(record: Record | undefined): Gap["state"] {
  return record?.state ?? "open";
}

/**
 * By how often and how much was at stake. A question counts once, and once more for each mean value of its currency that
 * was at stake with it: amounts of different currencies are never added, and neither weighs more for its small units.
 */
function ranked(groups: readonly LackGroup[], records: ReadonlyMap<string, Record>): string[] {
  const means = new Map(
    [...Map.groupBy(groups, ({ currency }) => currency)].map(([currency, some]) => {
      const valued = some.filter(({ value }) => value !== null);
      const sessions = valued.reduce((sum, one) => sum + one.sessions, 0);
      return [currency, valued.reduce((sum, one) => sum + (one.value ?? 0), 0) / Math.max(1, sessions)];
    }),
  );
  const weights = new Map<string, number>();
  for (const { gap, times, value, currency } of groups) {
    const stake = (value ?? 0) / Math.max(1, means.get(currency) ?? 1);
    weights.set(gap, (weights.get(gap) ?? 0) + times + stake);
  }
  const done = (gap: string) => Number(["live", "dismissed"].includes(stateOf(records.get(gap))));
  return [...weights]
    .toSorted(([a, x], [b, y]) => done(a) - done(b) || y - x || (a < b ? -1 : 1))
    .map(([gap]) => gap);
}

/** The reason that was had most often; of equals the weightier. */
async function whysOf(hindsight: Hindsight): Promise<ReadonlyMap<string, GapWhy>> {
  const best = new Map<string, { why: GapWhy; times: number }>();
  for (const { gap, why, times } of await hindsight.whys()) {
    const known = best.get(gap);
    const heavier = known && times === known.times && place(why) < place(known.why);
    if (!known || times > known.times || heavier) best.set(gap, { why: why as GapWhy, times });
  }
  return new Map([...best].map(([gap, { why }]) => [gap, why]));
}

function place(why: string): number {
  return WHYS.indexOf(why as GapWhy);
}

interface Around {
  readonly names: ReadonlyMap<string, string>;
  readonly lang: Lang | null;
  readonly why: GapWhy;
  readonly record: Record | undefined;
}

function shown(
  id: string,
  groups: readonly LackGroup[],
  examples: readonly (Lack & { readonly session: string })[],
  { names, lang, why, record }: Around,
): Gap {
  const stakes = groups
    .flatMap(({ value, currency, sessions }) =>
      value === null ? [] : [{ amount: value, currency, sessions }],
    )
    .toSorted((a, b) => b.sessions - a.sessions || (a.currency < b.currency ? -1 : 1))
    .map(({ amount, currency }) => ({ amount, currency }));
  const sku = groups[0]?.sku ?? null;
  const first = examples.find((one) => one.lang === lang) ?? examples[0];
  return {
    ...{ id, why, stakes },
    question: first?.text ?? "",
    examples: examples.map(({ session, seq, text, lang: spoken }) => ({
      ...{ session, seq, text, lang: spoken as Lang },
    })),
    times: groups.reduce((sum, one) => sum + one.times, 0),
    sessions: groups.reduce((sum, one) => sum + one.sessions, 0),
    last_at:
      groups
        .map(({ last_at }) => last_at)
        .sort()
        .at(-1) ?? "",
    at_stake: stakes[0] ?? null,
    product: sku === null ? null : { sku, name: names.get(sku) ?? sku },
    state: stateOf(record),
    draft: record?.draft ?? null,
    deeds: [...(record?.deeds ?? [])],
  };
}
