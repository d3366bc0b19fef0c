import type { Limits, Objective } from "../domain/limits.ts";
import type { Party } from "../domain/party.ts";
import type { BasketLine } from "./basket.ts";
import { ruleFor } from "./rules.ts";

/** How an order is bargained over. */
export interface Stance {
  readonly strategy: string;
  readonly objective: Objective;
}

/**
 * The stance towards this kind of counterpart over these goods: that of the line with the highest list amount, of the
 * first such where several are. What its rule leaves out, and an order without lines, has the vendor's own.
 */
export function stanceOf(
  limits: Limits,
  lines: readonly Pick<BasketLine, "known" | "quantity" | "list">[],
  kind: Party["kind"],
): Stance {
  let dearest: (typeof lines)[number] | undefined;
  for (const line of lines) {
    if (!dearest || line.list * line.quantity > dearest.list * dearest.quantity) dearest = line;
  }
  const rule = dearest && ruleFor(limits, dearest.known.product);
  return {
    strategy: rule?.strategy?.[kind] ?? limits.strategy[kind],
    objective: rule?.objective ?? limits.objective,
  };
}
