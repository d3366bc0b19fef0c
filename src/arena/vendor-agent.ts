import type { Objective } from "../domain/limits.ts";
import { nextMove } from "../negotiation/next-move.ts";
import { Partner } from "../negotiation/partner.ts";
import type { Position, Strategy } from "../negotiation/strategies/strategy.ts";
import type { Agent, Play, Player, Turn, View } from "./agent.ts";
import { ranksWorth } from "./agents/ladder.ts";
import { bestOf } from "./agents/player.ts";
import { WHOLE } from "./scenario.ts";

/** Bids count as worth the same when they lie at most so far above the target. */
const BAND = WHOLE / 5;
/** Thousandths all issues weigh together before anything is heard. */
const WEIGHTS = 1_000;

/**
 * One of the vendor's strategies at a table of plain outcomes, with the acceptance and the partner model it has in a
 * shop. What a shop adds (prices, stock, promises made) is not here.
 */
export function vendorAgent(strategy: Strategy, objective: Objective = "balance"): Agent {
  return {
    name: strategy.name,
    source: `Parley: ${strategy.says}`,
    start: (view) => player(strategy, objective, view),
  };
}

function player(strategy: Strategy, objective: Objective, view: View): Player {
  const scaled = scaledBy(view);
  const ranked = view.ranked();
  const partner = new Partner(
    view.sizes.map((size) => ({
      weight: Math.floor(WEIGHTS / view.sizes.length),
      likes: Array.from({ length: size }, () => 0),
    })),
  );
  const received: number[] = [];
  const sent: number[] = [];
  const made = new Set<number>();
  const proposals = new Set<number>();
  const heard: number[] = [];
  let steps: readonly number[] | null = null;
  // Where the partner begins, the last turn can only accept: the last proposal that can help is the one before.
  let rounds = 0;

  const hear = ({ heard: offers, step, steps: all }: Turn) => {
    const best = bestOf(scaled, offers);
    if (best === null) return null;
    heard.push(best);
    received.push(scaled[best] as number);
    proposals.add(best);
    const left = 1_000 - Math.floor((step * 1_000) / all);
    const values = view.values(best);
    partner.hear(
      values.map((value, issue) => oneOf(view.sizes[issue] ?? 0, value)),
      left,
    );
    return best;
  };

  const play = (turn: Turn): Play => {
    const theirs = hear(turn);
    if (turn.step === 0) rounds = Math.max(1, theirs === null ? turn.steps : turn.steps - 1);
    const round = Math.min(turn.step + 1, rounds);
    const position: Position = {
      ...{ round, rounds, last_word: !turn.answerable, objective },
      received: theirs === null ? [null] : received,
      ...{ sent, distinct: proposals.size, anchor: null },
      ladder: () => {
        steps ??= ladder(ranked, scaled);
        return steps;
      },
    };
    const shown = bestOf(scaled, heard.slice(0, -1));
    const { next, closes, accepts } = nextMove(strategy, position);
    const bid =
      closes && shown !== null ? shown : chosen(strategy, near(ranked, scaled, next), made, partner, view);
    if (theirs !== null && accepts(scaled[bid] as number)) return { does: "accept", outcome: theirs };
    made.add(bid);
    sent.push(scaled[bid] as number);
    return { does: "propose", outcomes: [bid] };
  };
  const believes = () => {
    const liking = likingBy(partner, view);
    return Float64Array.from({ length: view.outcomes }, (_, outcome) => liking(outcome));
  };
  return strategy.choice === "liked" ? Object.assign(play, { believes }) : play;
}

/** Own utilities as a strategy counts them: 0 at the reservation value. */
function scaledBy({ utility, reservation }: View): Int32Array {
  const room = Math.max(1, WHOLE - reservation);
  return utility.map((one) => Math.floor(((one - reservation) * WHOLE) / room));
}

/** Outcomes worth at least `least` and at most a band more; where there is none, the least of those worth more. */
function near(ranked: Int32Array, scaled: Int32Array, least: number): Int32Array {
  const end = ranksWorth(ranked, scaled, least);
  if (end === 0) return ranked.subarray(0, 1);
  const lowest = scaled[ranked[end - 1] as number] as number;
  return ranked.subarray(ranksWorth(ranked, scaled, Math.max(least + BAND, lowest) + 1), end);
}

/**
 * Where likings count, one not `made` before goes before any that was: it costs the vendor no more, a bid refused once is
 * seldom what they like best, and what they answer to a new one tells more.
 */
function chosen(
  { choice }: Strategy,
  bids: Int32Array,
  made: ReadonlySet<number>,
  partner: Partner,
  view: View,
): number {
  if (choice === "nearest") return bids.at(-1) as number;
  const liking = likingBy(partner, view);
  const untried = bids.filter((bid) => !made.has(bid));
  const open = untried.length > 0 ? untried : bids;
  let best = open[0] as number;
  let most = liking(best);
  for (const bid of open.subarray(1)) {
    const score = liking(bid);
    if (score > most) {
      best = bid;
      most = score;
    }
  }
  return best;
}

function likingBy(partner: Partner, view: View): (outcome: number) => number {
  const scores = partner.scores();
  return (outcome) => {
    const values = view.values(outcome);
    let sum = 0;
    for (let issue = 0; issue < values.length; issue++)
      sum += scores[issue]?.[values[issue] as number] as number;
    return sum;
  };
}

function oneOf(size: number, value: number): number[] {
  return Array.from({ length: size }, (_, i) => (i === value ? 1_000 : 0));
}

function ladder(ranked: Int32Array, scaled: Int32Array): number[] {
  const utilities = new Set(Array.from(ranked, (outcome) => scaled[outcome] as number));
  return [...utilities].filter((one) => one >= 0);
}
