import { boulware } from "./boulware.ts";
import { conceder } from "./conceder.ts";
import type { Strategy } from "./curve.ts";
import { fixed } from "./fixed.ts";
import { linear } from "./linear.ts";

/** Every strategy a vendor's limits may name. A new one is a file beside this and a line here. */
export const STRATEGIES: readonly Strategy[] = [boulware, linear, conceder, fixed];

/** `checkLimits` refuses unknown names at load. */
export function strategyNamed(name: string): Strategy | undefined {
  return STRATEGIES.find((strategy) => strategy.name === name);
}
