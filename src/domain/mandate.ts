import { z } from "zod";
import { Amount, Currency } from "./money.ts";

/**
 * An AP2 open payment mandate (v0.2, `mandate.payment.open.1`) as far as code here has to hold to it: what its signer
 * lets the holder spend. Amounts are all-in totals in minor units. It names no person.
 */
export const Mandate = z.strictObject({
  /** Names the mandate in accounts and intents: a digest of what was signed. */
  id: z.string().max(60),
  issuer: z.string().max(200),
  currency: Currency,
  /** The most and the least one order may come to. */
  max: Amount,
  min: Amount.optional(),
  /** The most all orders together may come to. */
  budget: Amount.optional(),
  /** How many orders it is good for. */
  uses: z.int().min(1).max(1_000_000),
  /** Not before, and no longer than. RFC 3339 in UTC. */
  from: z.iso.datetime().optional(),
  until: z.iso.datetime(),
});
export type Mandate = z.infer<typeof Mandate>;
