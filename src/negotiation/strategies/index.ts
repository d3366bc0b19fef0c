import { boulware } from "./boulware.ts";
import { conceder } from "./conceder.ts";
import { fixed } from "./fixed.ts";
import { linear } from "./linear.ts";
import { micro } from "./micro.ts";
import { roundAware } from "./round-aware.ts";
import type { Strategy } from "./strategy.ts";

/** Every strategy a vendor's limits may name, the default first. A new one is a file beside this and a line here. */
export const STRATEGIES: readonly Strategy[] = [roundAware, boulware, linear, conceder, micro, fixed];

/** Undefined for a name none of them has; limits with such a name are refused at load (app/vendor-names.ts). */
export function strategyNamed(name: string): Strategy | undefined {
  return STRATEGIES.find((strategy) => strategy.name === name);
}
