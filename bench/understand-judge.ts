import type { Act } from "../src/domain/act.ts";
import type { GoldEntry, GoldItem, GoldReading, Goods } from "./understand-gold.ts";
import type { Understood } from "./understand-stage.ts";

/** Which parts of one message were read right; null where the gold reading says nothing about that part. */
export interface Verdict {
  readonly acts: boolean;
  readonly price: boolean | null;
  readonly quantity: boolean | null;
  readonly items: boolean | null;
  /** Taken for a yes where the gold has none. */
  readonly wrongly_binding: boolean;
  /** A plain yes that was taken for one. */
  readonly bound: boolean | null;
  /** What was read, for whoever looks. */
  readonly read: string;
}

/** Readings below this are asked about, as src/domain/act.ts has it: written again, so that the judge shares no code. */
const ACTED_ON = 0.6;
const MANNERS = new Set(["greet", "thank"]);

export function judged(entry: GoldEntry, understood: Understood): Verdict {
  const readings = entry.or ? [entry.gold, entry.or] : [entry.gold];
  const verdicts = readings.map((gold) => against(gold, entry, understood));
  const rank = (one: Verdict) =>
    Number(one.acts) * 8 +
    Number(one.price !== false) * 4 +
    Number(one.quantity !== false) * 2 +
    Number(one.items !== false);
  const best = verdicts.reduce((most, one) => (rank(one) > rank(most) ? one : most));
  const yes = readings.some(({ acts }) => acts.some(isYes));
  const taken = actedOn(understood).some(({ act }) => isYes(act));
  return { ...best, wrongly_binding: taken && !yes && !entry.binds, bound: entry.binds ? taken : null };
}

function against(gold: GoldReading, entry: GoldEntry, understood: Understood): Verdict {
  const acts = actedOn(understood);
  const proposal = understood.evidence.proposal;
  return {
    acts: sameActs(gold, acts),
    price:
      gold.price ||
      gold.off_bp !== undefined ||
      gold.items?.some(({ unit_price }) => unit_price !== undefined)
        ? acts.length > 0 && samePrice(gold, entry, understood)
        : null,
    quantity: gold.items?.some(({ quantity }) => quantity !== undefined)
      ? acts.length > 0 &&
        gold.items.every((item) => item.quantity === undefined || counted(item, entry, understood))
      : null,
    items:
      gold.items && gold.acts.includes("propose")
        ? acts.length > 0 && sameItems(gold.items, entry, understood)
        : null,
    ...{ wrongly_binding: false, bound: null },
    read: JSON.stringify({ ...understood.reading, proposal }),
  };
}

/** A doubtful reading does nothing but ask. */
function actedOn({ reading, acts }: Understood): readonly Act[] {
  return reading.unsure !== undefined || reading.confidence < ACTED_ON ? [] : acts;
}

function isYes(act: string): boolean {
  return act === "accept" || act === "confirm";
}

function sameActs(gold: GoldReading, acts: readonly Act[]): boolean {
  const names = (list: readonly string[]) => {
    const plain = [...new Set(list.map((name) => (isYes(name) ? "yes" : name)))];
    const weighty = plain.filter((name) => !MANNERS.has(name));
    return (weighty.length > 0 ? weighty : plain).sort().join();
  };
  return names(gold.acts) === names(acts.map(({ act }) => act));
}

interface Line {
  readonly sku: string;
  readonly quantity?: number | undefined;
  readonly unit_price?: number | undefined;
}

/** The order as it would be: what is proposed, over what stands on the table. */
function orderOf(entry: GoldEntry, { evidence }: Understood): Line[] {
  const standing = entry.context === "nothing" ? [] : (entry.context.offer?.lines ?? []);
  const lines: readonly Line[] = evidence.proposal?.lines ?? [];
  if (lines.length === 0) return [...standing];
  const before = (sku: string) => standing.find((one) => one.sku === sku)?.quantity;
  return lines.map((line) => ({ ...line, quantity: line.quantity ?? before(line.sku) ?? 1 }));
}

function means(item: GoldItem, sku: string): boolean {
  return item.sku === sku || (item.any?.includes(sku) ?? false);
}

/** Words that name none of the catalogue leave a question; several equally right may be asked about as well. */
function asked(item: GoldItem, { evidence }: Understood): boolean {
  return evidence.unresolved.some(
    ({ choices }) =>
      item.words !== undefined ||
      (item.any !== undefined && choices.some(({ product }) => means(item, product.id))),
  );
}

function counted(item: GoldItem, entry: GoldEntry, understood: Understood): boolean {
  if (item.words !== undefined || asked(item, understood))
    return understood.acts.some(
      (act) => act.act === "propose" && act.lines?.some(({ quantity = 1 }) => quantity === item.quantity),
    );
  return orderOf(entry, understood).some(
    ({ sku, quantity = 1 }) => means(item, sku) && quantity === item.quantity,
  );
}

function sameItems(items: readonly GoldItem[], entry: GoldEntry, understood: Understood): boolean {
  const lines = orderOf(entry, understood);
  const proposed = understood.evidence.proposal?.lines ?? [];
  const all = items.every((item) => lines.some(({ sku }) => means(item, sku)) || asked(item, understood));
  return all && proposed.every(({ sku }) => items.some((item) => means(item, sku)) || standsIn(entry, sku));
}

function standsIn({ context }: GoldEntry, sku: string): boolean {
  const goods: Goods | undefined = context === "nothing" ? undefined : context.offer;
  return goods?.lines.some((line) => line.sku === sku) ?? false;
}

function samePrice(gold: GoldReading, entry: GoldEntry, understood: Understood): boolean {
  const act = understood.acts.find((one) => one.act === "propose");
  if (act?.act !== "propose") return false;
  if (gold.off_bp !== undefined) return act.off_bp === gold.off_bp;
  const named = (act.lines ?? []).flatMap(({ unit_price }) => (unit_price === undefined ? [] : [unit_price]));
  const own = gold.items?.flatMap(({ unit_price }) => (unit_price === undefined ? [] : [unit_price])) ?? [];
  if (own.length > 0)
    return own.slice().sort().join() === named.slice().sort().join() && act.total === undefined;
  const { amount, per } = gold.price ?? { amount: 0, per: "total" };
  const units = orderOf(entry, understood).reduce((sum, { quantity = 1 }) => sum + quantity, 0);
  const only = units <= 1;
  const unit = named.length > 0 && named.every((one) => one === amount) && act.total === undefined;
  const total = act.total === amount && named.length === 0;
  return per === "unit" ? unit || (only && total) : total || (only && unit);
}
