import { z } from "zod";
import { Subscription } from "../terms.ts";
import { intentBase, orderTerms } from "./order.ts";

/** The same order again every `plan.every_months`, at least `plan.commitment` times. */
export const SubscriptionIntent = z.strictObject({
  ...intentBase,
  kind: z.literal("subscription"),
  ...orderTerms,
  plan: Subscription,
});
export type SubscriptionIntent = z.infer<typeof SubscriptionIntent>;
