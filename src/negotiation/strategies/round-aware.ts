import { goodEnough } from "../acceptance.ts";
import { counted, curve } from "./curve.ts";
import type { Strategy } from "./strategy.ts";

/** The later a vendor concedes, the more it cares for margin over deals. Doubled exponents of the curve. */
const DOUBLED = { conversion: 2, balance: 10, margin: 20 } as const;

/**
 * For bargains as short as a chat: it knows which round is the last and spends its concessions by then, sends of equal
 * offers the one the counterpart should like best, and closes on what the counterpart has shown it would take.
 */
export const roundAware: Strategy = {
  name: "round-aware",
  says: "concedes late but all the way by the last round, and finds the terms the buyer likes best",
  choice: "liked",
  closes: true,
  target: (position) => curve(position, DOUBLED[position.objective], counted(position)),
  accepts: goodEnough,
};
