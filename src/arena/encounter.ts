import { canonical, digest } from "../domain/hash.ts";
import type { Agent, Clock } from "./agent.ts";
import { type Frontier, frontierOf } from "./frontier.ts";
import { match, type Session } from "./match.ts";
import { correlation, type Measures, measure } from "./measures.ts";
import { seeded } from "./random.ts";
import type { Scenario, SideNumber } from "./scenario.ts";
import { type Space, spaceOf } from "./view.ts";

/** A scenario made ready to be played. */
export interface Stage {
  readonly space: Space;
  readonly frontier: Frontier;
}

export function stageOf(scenario: Scenario): Stage {
  const space = spaceOf(scenario);
  return { space, frontier: frontierOf(space) };
}

/** Everything a session follows from, beside its scenario. */
export interface Encounter {
  readonly vendor: Agent;
  readonly partner: Agent;
  /** The scenario's side that the vendor plays. */
  readonly side: SideNumber;
  /** With an odd one the partner begins, as buyers do; with an even one the vendor. */
  readonly seed: number;
  /** Turns each side has at most. */
  readonly rounds: number;
  /** `published` unless said otherwise. */
  readonly clock?: Clock;
}

/** One session, seen from the vendor's side. */
export interface Row extends Measures {
  readonly scenario: string;
  readonly family: string;
  readonly vendor: string;
  readonly partner: string;
  readonly side: SideNumber;
  readonly seed: number;
  readonly rounds: number;
  readonly begins: "vendor" | "partner";
  /** What was agreed, by its number in the scenario's space; null without an agreement. */
  readonly outcome: number | null;
  readonly ended: Session["ended"];
  readonly by: "vendor" | "partner" | null;
  /**
   * Correlation of what the vendor believed of the partner's utilities with the truth, over all outcomes, when it had
   * answered three proposals; null when it models nothing or the session ended before.
   */
  readonly r3: number | null;
  /** SHA-256 of the canonical transcript. */
  readonly digest: string;
}

export function play(stage: Stage, encounter: Encounter): { readonly session: Session; readonly row: Row } {
  const { space, frontier } = stage;
  const { vendor, partner, side, seed, rounds, clock = "published" } = encounter;
  const { id, family } = space.scenario;
  const other = side === 0 ? 1 : 0;
  const begins = seed % 2 === 1 ? other : side;
  // The partner's luck does not depend on whom it meets, so that strategies are compared on the same partner.
  const luck = [
    seeded(seed, id, side, rounds, "vendor", vendor.name, partner.name),
    seeded(seed, id, side, rounds, "partner", partner.name),
  ] as const;
  const ordered = <T>(own: T, theirs: T): [T, T] => (side === 0 ? [own, theirs] : [theirs, own]);
  let r3: number | null = null;
  const session = match(
    space,
    ordered(vendor, partner),
    ordered(...luck),
    { rounds, begins, clock },
    (who, received, player) => {
      if (who === side && received === 3 && player.believes)
        r3 = correlation(player.believes(), space.views[other].utility);
    },
  );
  const named = (who: SideNumber) => (who === side ? "vendor" : "partner");
  const row: Row = {
    ...{ scenario: id, family, vendor: vendor.name, partner: partner.name, side, seed, rounds },
    ...{ begins: named(begins), outcome: session.outcome, ended: session.ended },
    by: session.by === null ? null : named(session.by),
    ...measure(space, frontier, session, side),
    ...{ r3, digest: digest(canonical(session)) },
  };
  return { session, row };
}
