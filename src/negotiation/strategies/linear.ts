import { curve, type Strategy } from "./curve.ts";

/** Concedes the same amount every round. */
export const linear: Strategy = { name: "linear", settles: true, target: (moment) => curve(moment, 2) };
