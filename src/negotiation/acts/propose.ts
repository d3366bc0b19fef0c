import type { ActOf } from "../../domain/act.ts";
import type { Proposal } from "../../domain/proposal.ts";
import { bargain } from "../bargain.ts";
import { mustBeMade } from "../binding.ts";
import { exhausted } from "../exhausted.ts";
import type { Input, Outcome } from "../input.ts";
import { noticed } from "../notices.ts";
import { publish } from "../published.ts";
import { type Situation, situationOf } from "../situation.ts";
import { whichItem } from "./ask.ts";

/** Ask for an offer, or answer one. A condition tied to a yes is a counter-offer too, and is said to be taken so. */
export function propose(input: Input, act: ActOf<"propose">): Outcome {
  const { evidence } = input;
  mustBeMade(input, act.counters);
  if (evidence.unresolved.length > 0) return whichItem(input);
  if (!evidence.proposal) return { move: { act: "clarify", reasons: ["no_live_offer"], ask: "item" } };
  const outcome = answerTo(input, evidence.proposal);
  if (!evidence.acts.some((act) => act.act === "accept" || act.act === "confirm")) return outcome;
  const reasons = ["conditional_accept" as const, ...(outcome.move.reasons ?? [])];
  return { ...outcome, move: { ...outcome.move, reasons } };
}

export function answerTo(input: Input, proposal: Proposal): Outcome {
  const situation = situationOf(input, proposal);
  if (!("order" in situation)) return situation;
  return noticed(situation, answered(situation));
}

function answered(situation: Situation): Outcome {
  const { input } = situation;
  if (input.state.round >= input.state.rounds) return exhausted(situation);
  if (!bargains(situation)) return publish(situation);
  return situation.order.negotiable ? bargain(situation) : listOnly(situation);
}

/** A price named, a better one asked for, or a fee or gift to be given up; anything else is a plain request. */
function bargains({ proposal, wishes }: Situation): boolean {
  const { total, off_bp, lower, lines } = proposal;
  const priced = total !== undefined || off_bp !== undefined || lower === true;
  return priced || wishes.concession || lines.some((line) => line.unit_price !== undefined);
}

/** Goods that are not bargained over are offered as published; asking for less is a round all the same. */
function listOnly(situation: Situation): Outcome {
  const { input } = situation;
  const n = input.state.round + 1;
  const of = input.state.rounds;
  const { move, ...rest } = publish(situation, n >= of);
  const reasons = [...(move.reasons ?? []), "best_already" as const];
  return { ...rest, move: { ...move, reasons, round: { n, of } } };
}
