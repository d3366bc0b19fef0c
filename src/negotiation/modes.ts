import type { Limits, TermKind } from "../domain/limits.ts";
import { share } from "../domain/money.ts";
import type { Terms } from "../domain/terms.ts";
import type { Vendor } from "../domain/vendor.ts";
import { keptOf, type Place } from "./place.ts";

/**
 * One way to settle one issue: an option, charged or waived, as figures. `good` grows with what the buyer gets of
 * it (faster, longer, later). `after` everywhere is the goods after discounts.
 */
export interface Mode {
  readonly id: string;
  readonly waived: boolean;
  readonly good: number;
  readonly days_min: number;
  readonly span: number;
  readonly fee: number;
  /** What the place adds, also where the fee itself falls away. */
  readonly surcharge: number;
  readonly fee_bp: number;
  readonly free_from: number;
  readonly cost: number;
  readonly cost_bp: number;
}

export type Modes = Readonly<Record<TermKind, readonly Mode[]>>;
export type Choice = Readonly<Record<TermKind, Mode>>;

export const ISSUES: readonly TermKind[] = ["delivery", "warranty", "payment", "returns"];

/** Modes follow from the vendor's two files, the currency and the zone alone, so they are worked out once for each. */
const worked = new WeakMap<Vendor, WeakMap<Limits, Map<string, Modes>>>();

/** Every mode the vendor has for an order to `place`; the first of each issue is the listed one, charged. */
export function modesOf(vendor: Vendor, limits: Limits, currency: string, place: Pick<Place, "zone">): Modes {
  const ofVendor = worked.get(vendor) ?? new WeakMap<Limits, Map<string, Modes>>();
  worked.set(vendor, ofVendor);
  const known = ofVendor.get(limits) ?? new Map<string, Modes>();
  ofVendor.set(limits, known);
  const key = `${currency} ${place.zone ?? ""}`;
  const modes = known.get(key) ?? workedOut(vendor, limits, currency, place);
  known.set(key, modes);
  return modes;
}

function workedOut(vendor: Vendor, limits: Limits, currency: string, place: Pick<Place, "zone">): Modes {
  const { terms } = vendor;
  const delivery = terms.delivery.flatMap((option): Mode[] => {
    const fee = option.fee[currency];
    if (fee === undefined) return [];
    const zone = place.zone === null ? 0 : (option.zone_fee?.[place.zone]?.[currency] ?? 0);
    const mode = {
      ...costed(limits, "delivery", option.id, currency),
      ...{ good: -option.days_max, days_min: option.days_min, span: option.days_max },
      ...{
        fee,
        surcharge: zone,
        fee_bp: 0,
        free_from: option.free_from?.[currency] ?? Number.MAX_SAFE_INTEGER,
      },
    };
    return both(mode);
  });
  return {
    delivery: delivery.filter(isCosted),
    warranty: terms.warranty
      .flatMap((option) => both(percentage(limits, "warranty", option, option.months, currency)))
      .filter(isCosted),
    payment: terms.payment
      .map((option) => percentage(limits, "payment", option, option.days, currency))
      .filter(isCosted),
    returns: terms.returns
      .map((option) => percentage(limits, "returns", option, option.days, currency))
      .filter(isCosted),
  };
}

export function listFee(mode: Mode, after: number): number {
  if (after >= mode.free_from) return mode.surcharge;
  return mode.fee + mode.surcharge + (mode.fee_bp === 0 ? 0 : share(after, mode.fee_bp));
}

export function feeOf(mode: Mode, after: number): number {
  return mode.waived ? 0 : listFee(mode, after);
}

export function costOf(mode: Mode, after: number): number {
  return mode.cost_bp === 0 ? mode.cost : mode.cost + share(after, mode.cost_bp);
}

/** What the vendor gains by a mode, free of tax; negative when it costs more than its fee. */
export function gainOf(mode: Mode, place: Pick<Place, "tax">, after: number): number {
  return keptOf(place.tax, feeOf(mode, after)) - costOf(mode, after);
}

/**
 * The modes that an offer's terms stand for; an option the vendor no longer has falls back to the listed one, and without
 * terms all are. Null when some kind has no option left.
 */
export function choiceOf(modes: Modes, terms: Terms | null): Choice | null {
  const pick = (kind: TermKind): Mode | undefined => {
    const term = terms?.[kind];
    const same = modes[kind].filter((mode) => mode.id === term?.id);
    return (
      same.find((mode) => mode.waived === (term !== undefined && term.fee < term.list_fee)) ??
      same[0] ??
      modes[kind][0]
    );
  };
  const [delivery, warranty, payment, returns] = [
    pick("delivery"),
    pick("warranty"),
    pick("payment"),
    pick("returns"),
  ];
  return delivery && warranty && payment && returns ? { delivery, warranty, payment, returns } : null;
}

/** The same option at its fee. */
export function charged(modes: readonly Mode[], like: Mode): Mode {
  return modes.find((mode) => mode.id === like.id && !mode.waived) ?? like;
}

function percentage(
  limits: Limits,
  kind: TermKind,
  option: { readonly id: string; readonly fee_bp: number },
  good: number,
  currency: string,
): Mode {
  return {
    ...costed(limits, kind, option.id, currency),
    ...{
      good,
      days_min: 0,
      span: good,
      fee: 0,
      surcharge: 0,
      fee_bp: option.fee_bp,
      free_from: Number.MAX_SAFE_INTEGER,
    },
  };
}

function costed(limits: Limits, kind: TermKind, id: string, currency: string) {
  const cost = limits.term_costs[kind][id];
  const fixed = typeof cost === "number" ? 0 : (cost?.[currency] ?? -1);
  return { id, waived: false, cost: fixed, cost_bp: typeof cost === "number" ? cost : 0 };
}

/** An option whose cost nobody stated cannot be weighed, so it is not given. */
function isCosted(mode: Mode): boolean {
  return mode.cost >= 0;
}

function both(mode: Mode): Mode[] {
  return mode.fee + mode.surcharge + mode.fee_bp > 0 ? [mode, { ...mode, waived: true }] : [mode];
}
