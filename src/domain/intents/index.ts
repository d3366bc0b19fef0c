import { z } from "zod";
import { OrderIntent } from "./order.ts";
import { SubscriptionIntent } from "./subscription.ts";

/** Every intent Parley can sign. A new one is a file beside this and a line here. */
export const Intent = z.discriminatedUnion("kind", [OrderIntent, SubscriptionIntent]);
export type Intent = z.infer<typeof Intent>;
