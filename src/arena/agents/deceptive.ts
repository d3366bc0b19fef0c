import type { Agent, View } from "../agent.ts";
import { WHOLE } from "../scenario.ts";
import { spread } from "../view.ts";
import { falling } from "./concession.ts";
import { playerOf } from "./player.ts";

/** How much of its target it really gives up, at most, for a bid that misleads. */
const PRICE = 0.2 * WHOLE;

/**
 * Concedes as Boulware does, but spends a part of what it could ask on bids that suit somebody else best: to whom the
 * least of its issues matter most, and the other way round, and who likes in the lesser half of them what it does not.
 */
export const deceptive: Agent = {
  name: "deceptive",
  source: "states false preferences: bids by the weights of another, never below its reservation",
  start: (view) =>
    playerOf(view, (ladder) => {
      const pretended = pretendedBy(view);
      return {
        bid: ({ time }) => {
          const target = falling(time, 0.2, view.reservation);
          return ladder.liked(Math.max(view.reservation, target - PRICE), target, pretended);
        },
        // The misleading is in what it says: it takes what meets its target.
        accepts: (outcome, _, { time }) =>
          (view.utility[outcome] as number) >= falling(time, 0.2, view.reservation),
      };
    }),
};

/** What each outcome would be worth to the one it plays. Own tastes are read off changes of one issue from the best outcome. */
function pretendedBy(view: View): Float64Array {
  const best = [...view.values(view.ranked()[0] as number)];
  const tastes = view.sizes.map((size, issue) =>
    Float64Array.from({ length: size }, (_, value) => {
      const changed = view.outcomeOf(best.map((each, i) => (i === issue ? value : each)));
      return view.utility[changed] as number;
    }),
  );
  const ranges = tastes.map((each) => Math.max(...each) - Math.min(...each));
  const dearest = ranges
    .map((_, issue) => issue)
    .sort((a, b) => (ranges[b] as number) - (ranges[a] as number));
  const shares = tastes.map((each, issue) => {
    const place = dearest.indexOf(issue);
    const weight = ranges[dearest[dearest.length - 1 - place] as number] as number;
    const [low, range] = [Math.min(...each), Math.max(1, ranges[issue] as number)];
    const reversed = place >= dearest.length / 2;
    return each.map((worth) => weight * (reversed ? 1 - (worth - low) / range : (worth - low) / range));
  });
  const pretended = new Float64Array(view.outcomes);
  spread(pretended, shares);
  return pretended;
}
