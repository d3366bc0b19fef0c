import { asGoodAsNext } from "../acceptance.ts";
import { curve, elapsed } from "./curve.ts";
import type { Strategy } from "./strategy.ts";

/** Faratin, Sierra and Jennings 1998, e = 2. */
export const conceder: Strategy = {
  name: "conceder",
  says: "concedes early: deals quickly, at a lower price",
  choice: "nearest",
  closes: false,
  target: (position) => curve(position, 1, elapsed(position)),
  accepts: asGoodAsNext,
};
