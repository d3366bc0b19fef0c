import type { TermKind } from "../domain/limits.ts";
import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { TermsWanted } from "../domain/terms.ts";
import { type Choice, charged, choiceOf, ISSUES, type Mode, type Modes } from "./modes.ts";

/** What the counterpart wants of the terms, as options the vendor has. */
export interface Wishes {
  /** The options that meet the wishes, or stay as they stand where nothing was asked; fees as published. */
  readonly usual: Choice;
  /** The same, with the fees waived that they want waived. */
  readonly wanted: Choice;
  /** Something asked for is not among the vendor's options; `usual` then has the nearest. */
  readonly unmet: boolean;
  /** A fee or a gift is asked to be given up: that is bargaining, like naming a price. */
  readonly concession: boolean;
}

/** Null when the vendor has no option left of some kind. `keeps` is whether waived fees of `base` stay waived. */
export function wishesOf(
  modes: Modes,
  proposal: Proposal,
  base: Offer | null,
  keeps: boolean,
): Wishes | null {
  const standing = choiceOf(modes, base?.terms ?? null);
  if (!standing) return null;
  const usual: Record<TermKind, Mode> = { ...standing };
  const wanted: Record<TermKind, Mode> = { ...standing };
  const { terms } = proposal;
  let unmet = false;
  let concession = terms.gift !== undefined;
  for (const issue of ISSUES) {
    const wish = terms[issue];
    const stays = standing[issue];
    const meets = modes[issue].filter((mode) => !mode.waived && (!wish || satisfies(issue, mode, wish)));
    if (wish && meets.length === 0) unmet = true;
    const option = wish
      ? (exactly(meets, wish) ??
        (asksNoMore(wish) ? meets[0] : undefined) ??
        fitting(meets, stays) ??
        nearest(modes[issue], stays))
      : charged(modes[issue], stays);
    const waived = waivedOf(modes[issue], option);
    usual[issue] = keeps && stays.waived && stays.id === option.id ? waived : option;
    wanted[issue] = wish && "free" in wish && wish.free ? waived : usual[issue];
    if (wanted[issue].waived && !usual[issue].waived) concession = true;
  }
  return { usual, wanted, unmet, concession };
}

/** How many issues a proposal names, price included. */
export function namedIssues({ terms, lines, total, off_bp, lower }: Proposal): number {
  const price = total !== undefined || off_bp !== undefined || lower === true;
  const unit = lines.some((line) => line.unit_price !== undefined);
  const issues = [...ISSUES, "subscription" as const, "gift" as const];
  return (price || unit ? 1 : 0) + issues.filter((issue) => terms[issue] !== undefined).length;
}

/** Whether an option is what was asked for. A waived fee is a matter of price, not of the option. */
export function satisfies(issue: TermKind, mode: Mode, wish: NonNullable<TermsWanted[TermKind]>): boolean {
  if (wish.id !== undefined && wish.id !== mode.id) return false;
  if ("days_max" in wish && wish.days_max !== undefined && mode.span > wish.days_max) return false;
  if ("months_min" in wish && wish.months_min !== undefined && mode.span < wish.months_min) return false;
  const days_min = issue !== "delivery" && "days_min" in wish ? wish.days_min : undefined;
  return days_min === undefined || mode.span >= days_min;
}

/** The option that is just what was named, so that one can go back to less: "one year will do after all". */
function exactly(meets: readonly Mode[], wish: NonNullable<TermsWanted[TermKind]>): Mode | undefined {
  const bounds = [
    "months_min" in wish ? wish.months_min : undefined,
    "days_min" in wish ? wish.days_min : undefined,
  ].filter((bound) => bound !== undefined);
  return meets.find((mode) => bounds.some((bound) => mode.span === bound));
}

/** A bound of nothing ("the standard returns will do") asks for the listed option again. */
function asksNoMore(wish: NonNullable<TermsWanted[TermKind]>): boolean {
  return ("days_min" in wish && wish.days_min === 0) || ("months_min" in wish && wish.months_min === 0);
}

/** The standing option when it will do, else the first in the vendor's own order. */
function fitting(meets: readonly Mode[], stays: Mode): Mode | undefined {
  return meets.find((mode) => mode.id === stays.id) ?? meets[0];
}

/** The best there is, for a wish that goes further than any option. */
function nearest(modes: readonly Mode[], stays: Mode): Mode {
  let best = charged(modes, stays);
  for (const mode of modes) if (!mode.waived && mode.good > best.good) best = mode;
  return best;
}

function waivedOf(modes: readonly Mode[], like: Mode): Mode {
  return modes.find((mode) => mode.id === like.id && mode.waived) ?? like;
}
