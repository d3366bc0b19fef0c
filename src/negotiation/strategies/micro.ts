import { asGoodAsNext } from "../acceptance.ts";
import { WHOLE } from "../utility.ts";
import type { Strategy } from "./strategy.ts";

/**
 * MiCRO (de Jonge 2022, "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy"): one step
 * down the ladder of what it can offer for every new proposal that comes, never more. It needs many rounds to get anywhere.
 */
export const micro: Strategy = {
  name: "micro",
  says: "takes one smallest step for each one the buyer takes: for machines with a hundred rounds or more",
  choice: "nearest",
  closes: false,
  target: ({ ladder, sent, distinct }) => {
    const rungs = ladder();
    const reached = sent.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...sent);
    const taken = rungs.filter((rung) => rung >= reached).length;
    return rungs[distinct < taken ? taken - 1 : taken] ?? rungs.at(-1) ?? WHOLE;
  },
  accepts: asGoodAsNext,
};
