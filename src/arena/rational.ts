import type { Agent, Player } from "./agent.ts";

/**
 * The same agent as somebody who knows what no agreement is worth: with its last turn it takes whatever is on the table
 * that is worth more than that, rather than propose once more or leave.
 */
export function rational(agent: Agent): Agent {
  return {
    name: `rational ${agent.name}`,
    source: `${agent.source}; takes anything better than nothing with its last turn`,
    start: (view, random) => {
      const player = agent.start(view, random);
      const play: Player = (turn) => {
        const played = player(turn);
        if (turn.step + 1 < turn.steps || played.does === "accept") return played;
        const worth = (outcome: number) => view.utility[outcome] as number;
        const best = [...turn.heard].sort((a, b) => worth(b) - worth(a))[0];
        return best !== undefined && worth(best) > view.reservation
          ? { does: "accept", outcome: best }
          : played;
      };
      return player.believes ? Object.assign(play, { believes: player.believes }) : play;
    },
  };
}
