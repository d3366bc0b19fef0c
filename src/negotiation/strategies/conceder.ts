import { curve, type Strategy } from "./curve.ts";

/** Concedes early: deals quickly, at a lower price (E = 1/2). */
export const conceder: Strategy = { name: "conceder", settles: true, target: (moment) => curve(moment, 1) };
