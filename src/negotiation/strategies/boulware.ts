import { curve, type Strategy } from "./curve.ts";

/** Holds firm and concedes late; the later, the more the vendor cares for margin over deals. */
const EXPONENT = { conversion: 2, balance: 5, margin: 10 } as const;

export const boulware: Strategy = {
  name: "boulware",
  settles: true,
  target: (moment) => curve(moment, 2 * EXPONENT[moment.objective]),
};
