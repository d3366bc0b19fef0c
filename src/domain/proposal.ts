import { z } from "zod";
import { BOUNDS } from "./bounds.ts";
import { Sku } from "./entry.ts";
import { Amount, BasisPoints } from "./money.ts";
import { Priorities, TermsWanted } from "./terms.ts";

/** A buyer's proposal with every item resolved to a SKU; what it leaves out stays as it stands. */
export const Proposal = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        sku: Sku,
        quantity: z.int().min(1).max(BOUNDS.quantity).optional(),
        unit_price: Amount.optional(),
      }),
    )
    .max(BOUNDS.lines),
  remove: z.array(Sku).max(BOUNDS.lines),
  /** All-in for the whole order. */
  total: Amount.optional(),
  off_bp: BasisPoints.optional(),
  lower: z.boolean().optional(),
  terms: TermsWanted,
  codes: z.array(z.string().max(60)).max(5),
  counters: z.string().optional(),
  final: z.boolean().optional(),
  /** What they say matters most to them, most important first. */
  priorities: Priorities.optional(),
});
export type Proposal = z.infer<typeof Proposal>;
