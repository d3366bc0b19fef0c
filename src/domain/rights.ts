import { z } from "zod";
import { Amount, Currency } from "./money.ts";
import { type Party, Tier } from "./party.ts";

/** What a party may do, each including the one before: look and ask, get and bargain over offers, place orders. */
export const Doing = z.enum(["browse", "negotiate", "order"]);
export type Doing = z.infer<typeof Doing>;

const count = z.int().min(1).max(10_000_000);

/** Rights and limits of one tier. What is left out is not limited here; the gateway's own bounds hold besides. */
export const Rights = z.strictObject({
  may: Doing.default("order"),
  /** Of one principal at once, on one node. */
  connections: count.optional(),
  /** Of one principal, in any minute, on one node. */
  opens_per_minute: count.optional(),
  messages_per_minute: count.optional(),
  /** Messages a minute that a language model may help with; the house answers the others alone. */
  model_turns_per_minute: count.optional(),
  /** Of one principal, on the calendar day in UTC, on all nodes together. */
  orders_per_day: count.optional(),
  spend_per_day: z.record(Currency, Amount).optional(),
});
export type Rights = z.infer<typeof Rights>;

/** Rights by tier; a tier that is not named has those of the nearest weaker one that is, or all. */
export const Access = z.partialRecord(Tier, Rights);
export type Access = z.infer<typeof Access>;

const ALL: Rights = { may: "order" };

export function rightsOf(access: Access, tier: Tier): Rights {
  return nearest(access, tier) ?? ALL;
}

/** What is stated for a tier, or else for the nearest weaker one. */
export function nearest<T>(stated: Partial<Record<Tier, T>>, tier: Tier): T | undefined {
  for (let i = Tier.options.indexOf(tier); i >= 0; i--) {
    const name = Tier.options[i];
    if (name && stated[name] !== undefined) return stated[name];
  }
  return undefined;
}

export function allows({ may }: Rights, doing: Doing): boolean {
  return Doing.options.indexOf(may) >= Doing.options.indexOf(doing);
}

/** The weakest tier that may do this, or null when none may. */
export function tierFor(access: Access, doing: Doing): Tier | null {
  return Tier.options.find((tier) => allows(rightsOf(access, tier), doing)) ?? null;
}

/**
 * The name that what a party orders and spends in a day is counted under. Whoever shows nothing could be a new principal
 * with every visit, so that all of them are counted as one.
 */
export function countedAs({ principal, tier }: Pick<Party, "principal" | "tier">): string {
  return tier === "anonymous" ? "anonymous" : principal;
}
