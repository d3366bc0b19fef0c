import { parse } from "yaml";
import { z } from "zod";
import { Amount, Currency } from "../domain/money.ts";
import { OrderDetails } from "../domain/order.ts";
import { Channel } from "../domain/party.ts";
import { TermsWanted } from "../domain/terms.ts";
import { Lang } from "../domain/text.ts";

/** One thing to buy. Prices are all-in for each unit, in minor units: what is hoped for, and what is never exceeded. */
export const Need = z
  .strictObject({
    /** What it is searched for as. */
    query: z.string().min(1).max(200),
    /** Set when the buyer knows the very product. */
    sku: z.string().max(80).optional(),
    quantity: z.int().min(1).max(1_000),
    target: Amount,
    budget: Amount,
  })
  .refine(({ target, budget }) => target <= budget, "the target is above the budget");
export type Need = z.infer<typeof Need>;

export const Style = z.enum(["polite", "blunt", "chatty", "terse", "suspicious", "manipulative"]);
export type Style = z.infer<typeof Style>;

/** Somebody who buys: a file of fixtures/buyers/. */
export const Buyer = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "small letters, digits and hyphens"),
  about: z.string().min(1),
  lang: Lang,
  currency: Currency,
  channel: Channel.default("chat"),
  kind: z.enum(["machine", "person"]).default("person"),
  style: Style,
  /** Says what is not so: other prices agreed, orders already placed, authority it has not. */
  honest: z.boolean().default(true),
  /** Messages it sends at most. */
  patience: z.int().min(2).max(60),
  needs: z.array(Need).min(1).max(3),
  /** Wished for beside the price, given up one round before the last. */
  terms: TermsWanted.optional(),
  /** Asked before bargaining, in its own words. */
  questions: z.array(z.string().min(1).max(400)).max(6).default([]),
  details: OrderDetails,
});
export type Buyer = z.infer<typeof Buyer>;

/** One file's text; problems are lines as `file: needs.0.budget: ...`. */
export function readBuyer(
  text: string,
  file: string,
): { readonly buyer: Buyer | null; readonly problems: readonly string[] } {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    return {
      buyer: null,
      problems: [`${file}: ${error instanceof Error ? error.message.split("\n")[0] : "not YAML"}`],
    };
  }
  const parsed = Buyer.safeParse(value);
  if (parsed.success) return { buyer: parsed.data, problems: [] };
  const problems = parsed.error.issues.map(({ path, message }) => `${file}: ${path.join(".")}: ${message}`);
  return { buyer: null, problems };
}
