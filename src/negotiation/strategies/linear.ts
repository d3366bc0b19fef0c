import { asGoodAsNext } from "../acceptance.ts";
import { curve, elapsed } from "./curve.ts";
import type { Strategy } from "./strategy.ts";

/** Faratin, Sierra and Jennings 1998, e = 1. */
export const linear: Strategy = {
  name: "linear",
  says: "concedes the same amount every round",
  choice: "nearest",
  closes: false,
  target: (position) => curve(position, 2, elapsed(position)),
  accepts: asGoodAsNext,
};
