import type { Act, ActOf, Item } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { State } from "../domain/state.ts";
import { prioritiesOf, type TermsWanted } from "../domain/terms.ts";
import { standingOffer } from "./resolve.ts";

type Propose = ActOf<"propose">;
type Line = Proposal["lines"][number];

/**
 * What a message proposes, all its propose acts taken together: lines add up, a later price or term replaces an
 * earlier one. `skuOf` gives null for an item that is not resolved; such lines are left out. Without lines and without
 * a standing offer to change, the proposal is about the product spoken of. Null when nothing was proposed.
 */
export function proposalOf(
  acts: readonly Act[],
  state: State,
  skuOf: (item: Item) => string | null,
): Proposal | null {
  const proposes = acts.filter((act): act is Propose => act.act === "propose");
  const [first, ...rest] = proposes;
  if (!first) return null;
  const whole = rest.reduce(merged, first);

  const named = proposes.some((act) => (act.lines?.length ?? 0) > 0);
  const swap = named && proposes.length === 1 ? swapped(whole, state, skuOf) : null;
  const wanted = swap?.lines ?? (named ? linesOf(proposes, skuOf) : standing(whole, state));
  const { total, off_bp, lower, counters, final, priorities } = whole;
  return {
    lines: wanted,
    remove: [
      ...(swap?.remove ?? []),
      ...proposes.flatMap((act) => (act.remove ?? []).flatMap((item) => skuOf(item) ?? [])),
    ].slice(0, BOUNDS.lines),
    ...(total === undefined ? {} : { total }),
    ...(off_bp === undefined ? {} : { off_bp }),
    ...(lower === undefined ? {} : { lower }),
    terms: whole.terms ?? {},
    codes: [...new Set(whole.codes ?? [])].slice(0, 5),
    ...(counters === undefined ? {} : { counters }),
    ...(final === undefined ? {} : { final }),
    ...(priorities === undefined ? {} : { priorities }),
  };
}

/**
 * The SKUs a proposal builds on besides those it names: of the offer it changes, or else of what is spoken of, and of the
 * latest order that has any of these.
 */
export function basis(act: Propose, state: State, named: readonly string[]): readonly string[] {
  const offer = standingOffer(state, act.counters);
  const spoken = offer?.lines ?? ((act.lines?.length ?? 0) > 0 ? [] : lastSpoken(state));
  const goods = spoken.map(({ sku }) => sku);
  const about = new Set(named.length > 0 ? named : goods);
  const order = state.standings.findLast(
    (one) => one.status === "live" && one.offer.lines.some(({ sku, gift }) => !gift && about.has(sku)),
  );
  return [...goods, ...(order?.offer.lines.map(({ sku }) => sku) ?? [])];
}

/** "In white, please": the other colour takes the place of what stands on the offer, as many of it. */
function swapped(
  { lines }: Propose,
  state: State,
  skuOf: (item: Item) => string | null,
): { lines: Line[]; remove: string[] } | null {
  const [line, more] = lines ?? [];
  const { that } = state;
  if (!line || more || that === null || !("ref" in line.item) || !line.item.options) return null;
  if (line.quantity !== undefined || !["that", "offer"].includes(line.item.ref)) return null;
  const before = standingOffer(state)?.lines.find(({ sku, gift }) => sku === that && !gift);
  const sku = skuOf(line.item);
  if (!before || sku === null || sku === that) return null;
  const { item: _, ...rest } = line;
  return { lines: [{ ...rest, sku, quantity: before.quantity }], remove: [that] };
}

function merged(before: Propose, after: Propose): Propose {
  const terms: TermsWanted = { ...before.terms, ...after.terms };
  const codes = [...(before.codes ?? []), ...(after.codes ?? [])];
  const priorities = prioritiesOf(before.priorities, after.priorities);
  return { ...before, ...after, terms, codes, ...(priorities ? { priorities } : {}) };
}

function linesOf(proposes: readonly Propose[], skuOf: (item: Item) => string | null): Line[] {
  const lines = new Map<string, Line>();
  for (const { item, quantity, unit_price } of proposes.flatMap((act) => act.lines ?? [])) {
    const sku = skuOf(item);
    if (sku === null) continue;
    const before = lines.get(sku);
    const units = before?.quantity === undefined ? quantity : before.quantity + (quantity ?? 0);
    const price = unit_price ?? before?.unit_price;
    lines.set(sku, {
      sku,
      ...(units === undefined ? {} : { quantity: Math.min(units, BOUNDS.quantity) }),
      ...(price === undefined ? {} : { unit_price: price }),
    });
  }
  if (lines.size > BOUNDS.lines)
    throw new Fault("bad_frame", `a proposal holds at most ${BOUNDS.lines} lines`);
  return [...lines.values()];
}

/** A standing offer keeps its lines unsaid; without one the lines last spoken of are said for the counterpart. */
function standing(act: Propose, state: State): Line[] {
  return standingOffer(state, act.counters) ? [] : lastSpoken(state);
}

/** The lines of the offer last turned down, while its goods are still what is spoken of; else that one product. */
function lastSpoken(state: State): Line[] {
  const { that, standings } = state;
  if (that === null) return [];
  const last = standings.findLast(({ status }) => status !== "superseded");
  const lines = last?.status === "rejected" ? last.offer.lines.filter((line) => !line.gift) : [];
  if (!lines.some(({ sku }) => sku === that)) return [{ sku: that }];
  return lines.map(({ sku, quantity }) => ({ sku, quantity }));
}
