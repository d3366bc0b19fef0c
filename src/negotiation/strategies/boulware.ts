import { asGoodAsNext } from "../acceptance.ts";
import { curve, elapsed } from "./curve.ts";
import type { Strategy } from "./strategy.ts";

/** Faratin, Sierra and Jennings 1998, e = 0.2: holds firm and concedes at the end. */
export const boulware: Strategy = {
  name: "boulware",
  says: "holds firm and concedes only at the end",
  choice: "nearest",
  closes: false,
  target: (position) => curve(position, 10, elapsed(position)),
  accepts: asGoodAsNext,
};
