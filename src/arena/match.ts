import { Fault } from "../domain/fault.ts";
import type { Agent, Clock, Play, Player, Random } from "./agent.ts";
import type { SideNumber } from "./scenario.ts";
import type { Space } from "./view.ts";

/** How one session is played. */
export interface Setting {
  /** Turns each side has at most. */
  readonly rounds: number;
  readonly begins: SideNumber;
  /** `published` unless said otherwise. */
  readonly clock?: Clock;
}

/** Everything that was played; the same agents, setting and chance give the same bytes. */
export interface Session {
  /** What was agreed; null without an agreement. */
  readonly outcome: number | null;
  readonly ended: "accepted" | "left" | "deadline";
  /** Whose play ended it; null at the deadline. */
  readonly by: SideNumber | null;
  readonly plays: readonly Played[];
}

export interface Played {
  readonly side: SideNumber;
  readonly play: Play;
}

/** Is told when a side has answered its `received`-th proposal. */
export type Watch = (side: SideNumber, received: number, player: Player) => void;

/**
 * One session by stacked alternating offers: in turn each side proposes, accepts what is on the table, or
 * leaves. An illegal play ends the match with a `protocol_violation` that names agent, turn and fault.
 */
export function match(
  space: Space,
  agents: readonly [Agent, Agent],
  chance: readonly [Random, Random],
  setting: Setting,
  watch?: Watch,
): Session {
  const players = [
    agents[0].start(space.views[0], chance[0]),
    agents[1].start(space.views[1], chance[1]),
  ] as const;
  const received: [number, number] = [0, 0];
  const plays: Played[] = [];
  const turns = 2 * setting.rounds;
  let heard: readonly number[] = [];
  let side = setting.begins;
  for (let turn = 0; turn < turns; turn++) {
    const step = Math.floor(turn / 2);
    if (turn > 0) received[side] += 1;
    const play = players[side]({
      step,
      steps: setting.rounds,
      time: (setting.clock === "last_turn" ? step + 1 : step) / setting.rounds,
      answerable: turn + 1 < turns,
      heard,
    });
    const wrong = faultOf(play, heard, space.outcomes);
    if (wrong !== null) {
      const where = `turn ${step + 1} of ${setting.rounds} on ${space.scenario.id}`;
      throw new Fault("protocol_violation", `${agents[side].name}, ${where}: ${wrong}`);
    }
    // A copy: a player may go on using the array it proposed with.
    if (play.does === "propose") heard = [...play.outcomes];
    plays.push({ side, play: play.does === "propose" ? { does: "propose", outcomes: heard } : play });
    if (turn > 0) watch?.(side, received[side], players[side]);
    if (play.does === "accept") return { outcome: play.outcome, ended: "accepted", by: side, plays };
    if (play.does === "leave") return { outcome: null, ended: "left", by: side, plays };
    side = side === 0 ? 1 : 0;
  }
  return { outcome: null, ended: "deadline", by: null, plays };
}

/** Why a play is against the rules; null when it is legal. */
function faultOf(play: Play, heard: readonly number[], outcomes: number): string | null {
  switch (play.does) {
    case "leave":
      return null;
    case "accept":
      return heard.includes(play.outcome)
        ? null
        : `accepts outcome ${play.outcome}, which is not on the table`;
    case "propose": {
      const count = play.outcomes.length;
      if (count === 0) return "proposes nothing; leave instead";
      if (count > 1) return `proposes ${count} outcomes at once; only one may be on the table`;
      const unknown = play.outcomes.find((each) => !Number.isInteger(each) || each < 0 || each >= outcomes);
      if (unknown !== undefined) return `proposes outcome ${unknown}, not one of 0 to ${outcomes - 1}`;
      return null;
    }
    default:
      return `plays ${JSON.stringify(play)}, which is neither accept, propose nor leave`;
  }
}
