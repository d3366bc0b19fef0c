import type { Evidence } from "../domain/evidence.ts";
import { Fault } from "../domain/fault.ts";
import { formatMoney } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Terms } from "../domain/terms.ts";
import { basketOf } from "./basket.ts";
import { built } from "./build.ts";
import { type Input, offerId } from "./input.ts";
import { choiceOf, ISSUES, type Modes, modesOf } from "./modes.ts";
import { placeOf } from "./place.ts";
import { orderOf } from "./prepare.ts";

/** An order as a person of the vendor's would rather have it. */
export interface Edit {
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unit_price: number }[];
  /** Ids of options; what is left out stays as it was ordered. */
  readonly terms: Readonly<Partial<Record<(typeof ISSUES)[number], string | undefined>>>;
}

/**
 * The edit as an offer, in the place of the one that was accepted: held to the very limits that hold for every offer. `freed`
 * are the units of the order that it replaces. Throws `bad_frame`, naming the field, `below_limit`, and `ship_to_changed`
 * where the vendor delivers there no more.
 */
export function edited(
  given: Input,
  edit: Edit,
  accepted: { readonly base: Offer | null; readonly terms: Terms; readonly freed: Freed },
): Offer {
  const { state, vendor, limits } = given;
  const input = { ...given, evidence: withFreed(given.evidence, accepted.freed) };
  const place = placeOf(vendor, state.currency, state.ship_to);
  if (!place)
    throw new Fault("ship_to_changed", "the vendor does not deliver there any more; decline the order");
  const proposal: Proposal = {
    lines: edit.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    ...{ remove: [], terms: {}, codes: [] },
  };
  const basket = basketOf(input, proposal, null, place);
  mustBeSold(edit, basket, input);
  const modes = modesOf(vendor, limits, state.currency, place);
  const choice = choiceOf(modes, termsOf(edit, accepted.terms, modes));
  if (!choice) throw new Fault("bad_frame", "terms: the vendor has no such combination any more");
  const { order } = orderOf(input, basket.lines, place, modes, choice, proposal, accepted.base);
  const units = edit.lines.map(({ unit_price }) => unit_price);
  const lineage = { id: offerId(input, 0), base: accepted.base, final: false };
  const offer = built(input, order, { units, choice, gift: order.gift }, lineage);
  if (offer) return offer;
  throw new Fault(
    "below_limit",
    "the vendor's limits do not carry these prices and terms: ask for more, or have them changed",
  );
}

type Freed = readonly { readonly sku: string; readonly quantity: number }[];

function withFreed(evidence: Evidence, freed: Freed): Evidence {
  const products = new Map(evidence.products);
  for (const { sku, quantity } of freed) {
    const known = products.get(sku);
    if (known) products.set(sku, { ...known, stock: known.stock + quantity });
  }
  return { ...evidence, products };
}

/** Names the line that cannot be had as it is asked for. */
function mustBeSold(edit: Edit, basket: ReturnType<typeof basketOf>, { state }: Input): void {
  for (const [i, { sku, quantity, unit_price }] of edit.lines.entries()) {
    if (edit.lines.findIndex((other) => other.sku === sku) < i)
      throw new Fault("bad_frame", `lines.${i}.sku: ${sku} stands in another line already`);
    const line = basket.lines.find(({ known }) => known.product.id === sku);
    if (!line) throw new Fault("bad_frame", `lines.${i}.sku: ${sku} cannot be sold in ${state.currency} now`);
    if (line.quantity < quantity)
      throw new Fault("bad_frame", `lines.${i}.quantity: at most ${line.quantity} can be sold now`);
    if (unit_price > line.list) {
      const list = formatMoney(line.list, state.currency, state.lang);
      throw new Fault("bad_frame", `lines.${i}.unit_price: the list price is ${list}; nobody pays more`);
    }
  }
}

/** An option that is named counts at its own fee. */
function termsOf({ terms }: Edit, before: Terms, modes: Modes): Terms {
  let wanted = before;
  for (const kind of ISSUES) {
    const id = terms[kind];
    if (id === undefined || id === before[kind].id) continue;
    if (!modes[kind].some((mode) => mode.id === id)) {
      const known = [...new Set(modes[kind].map((mode) => mode.id))].join(", ");
      throw new Fault("bad_frame", `terms.${kind}: there is no ${id} here, only ${known}`);
    }
    wanted = { ...wanted, [kind]: { ...wanted[kind], id, fee: 0, list_fee: 0 } };
  }
  return wanted;
}
