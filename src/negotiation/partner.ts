import type { Proposal } from "../domain/proposal.ts";
import { type Choice, ISSUES, type Mode, type Modes } from "./modes.ts";
import type { TermKind } from "./rules.ts";
import { satisfies } from "./wishes.ts";

/** How much the counterpart seems to want each mode: weight times value, both in thousandths. */
export interface Partner {
  readonly weights: Readonly<Record<TermKind, number>>;
  readonly likes: ReadonlyMap<Mode, number>;
}

/** Thousandths: before anything is heard price counts as much as all terms together. */
const PRICE = 1_000;
const TERM = 250;

/**
 * A frequency model (Tunalı, Aydoğan and Sanchez-Anguix 2017): an issue they keep unchanged from one proposal to the
 * next weighs more, the earlier the more; an option named often is liked, with diminishing returns (fourth root).
 * Where they have said nothing, the option that stands is liked best.
 */
export function partnerOf(
  modes: Modes,
  proposals: readonly Proposal[],
  standing: Choice,
  rounds: number,
): Partner {
  const weights = { delivery: TERM, warranty: TERM, payment: TERM, returns: TERM };
  const likes = new Map<Mode, number>();
  for (const issue of ISSUES) {
    const counts = modes[issue].map(() => 0);
    let before: string | null = null;
    for (const [i, proposal] of proposals.entries()) {
      const wish = proposal.terms[issue];
      if (!wish) continue;
      const left = 1_000 - Math.min(1_000, Math.floor((i * 1_000) / rounds));
      const said = JSON.stringify(wish);
      if (said === before) weights[issue] += Math.floor((300 * left) / 1_000);
      before = said;
      for (const [m, mode] of modes[issue].entries()) {
        if (!satisfies(issue, mode, wish)) continue;
        const free = !("free" in wish && wish.free) || mode.waived || mode.fee + mode.fee_bp === 0;
        counts[m] = (counts[m] ?? 0) + Math.floor((1_000 + left) / (free ? 2 : 8));
      }
    }
    const most = Math.max(...counts);
    for (const [m, mode] of modes[issue].entries()) {
      const heard = most > 0 ? fourthRoot(Math.floor(((counts[m] ?? 0) * 1_000) / most)) : null;
      likes.set(mode, heard ?? (mode.id === standing[issue].id ? 1_000 : 500));
    }
  }
  return { weights, likes };
}

/** What a package should be worth to them, in millionths of a weight; `top` and `low` span the totals in question. */
export function likingOf(
  { weights, likes }: Partner,
  choice: Choice,
  total: number,
  top: number,
  low: number,
): number {
  let score = PRICE * Math.floor(((top - total) * 1_000) / Math.max(1, top - low));
  for (const issue of ISSUES) score += weights[issue] * (likes.get(choice[issue]) ?? 0);
  return score;
}

/** Of thousandths, in thousandths. */
function fourthRoot(thousandths: number): number {
  return Math.floor(Math.sqrt(Math.floor(Math.sqrt(thousandths * 1_000)) * 1_000));
}
