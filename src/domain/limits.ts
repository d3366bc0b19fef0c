import { z } from "zod";
import { Amount, BasisPoints, Currency } from "./money.ts";
import { Tier } from "./party.ts";

/**
 * SECRET. What the vendor will not go below and what its terms cost it. Only negotiation, the turn, the stores and
 * staff frames may import this file (law 3): nothing that words, prompts or writes public frames can.
 */
const money = z.record(Currency, Amount);

/** Which products a rule speaks of; everything given must match; `category` matches as a prefix. */
export const Match = z.strictObject({
  sku: z.string().optional(),
  category: z.string().optional(),
  brand: z.string().optional(),
});
export type Match = z.infer<typeof Match>;

/** What a vendor cares for: many deals, the best mean of deals and price, or price (strategies/ gives the figures). */
export const Objective = z.enum(["conversion", "balance", "margin"]);
export type Objective = z.infer<typeof Objective>;

/** The strategy used with whoever names none. */
export const DEFAULT_STRATEGY = "round-aware";

/** The lowest net revenue a unit may bring, as money or as a share of its list price, and what it costs. */
export const LimitRule = z
  .strictObject({
    match: Match,
    floor: money.optional(),
    floor_bp: BasisPoints.optional(),
    cost: money.optional(),
    cost_bp: BasisPoints.optional(),
    /** False: list price only. */
    negotiable: z.boolean().default(true),
    /** For orders whose dearest line this rule is for; what is left out is the vendor's own (negotiation/stance.ts). */
    strategy: z.strictObject({ machine: z.string().optional(), person: z.string().optional() }).optional(),
    objective: Objective.optional(),
  })
  .refine((rule) => (rule.floor === undefined) !== (rule.floor_bp === undefined), "one of floor, floor_bp");
export type LimitRule = z.infer<typeof LimitRule>;

/** A code a counterpart may name. It lowers the price; the floor still holds. */
export const Code = z.strictObject({
  code: z.string().min(3).max(60),
  off_bp: BasisPoints,
  match: Match.optional(),
  min_goods: money.optional(),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
});
export type Code = z.infer<typeof Code>;

/**
 * A purse that all sessions give from together: at most `amount` in each period of the calendar in UTC (weeks begin on
 * Monday). What counts is what the orders of the period were given off the tag: unit prices below the list, codes, fees
 * charged below the listed ones, and gifts at their cost; a subscription as often as it is committed to. Tiers, bundles
 * and subscription savings are prices everybody may have, and count only with `published`: such an order is then sold
 * without them once the purse is empty. With `match` it is what was given on those products, and of what was given on
 * the order as a whole their share of its list prices. An order that is cancelled, declined or rejected gives back what
 * it took. Where nothing is left, list prices are offered.
 */
export const Budget = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, "lower-case letters, digits and dashes"),
  match: Match.optional(),
  amount: money,
  every: z.enum(["day", "week", "month", "always"]),
  published: z.boolean().default(false),
});
export type Budget = z.infer<typeof Budget>;

const cost = z.record(z.string(), z.union([money, BasisPoints]));

export const Limits = z.strictObject({
  /** Named in every decision's reasons; change it whenever a figure changes. */
  version: z.string().min(1).max(60),
  objective: Objective.default("balance"),
  /** One of the registered strategies, for machines and for people. */
  strategy: z
    .strictObject({
      machine: z.string().default(DEFAULT_STRATEGY),
      person: z.string().default(DEFAULT_STRATEGY),
    })
    .prefault({}),
  /** The first rule that matches holds; the last must match everything. */
  rules: z.array(LimitRule).min(1),
  /**
   * How much of the room above a floor may be kept back, so that the floor cannot be worked out from where the offers
   * end (draws.ts): of what lies between a share and the list price, or of a quarter of a floor in money. Half of so much
   * is, on the average; 0 shows the floor to whoever bargains long.
   */
  conceal_bp: BasisPoints.default(5_000),
  /** What each option costs the vendor an order: money, or basis points of the goods. */
  term_costs: z.strictObject({
    delivery: cost,
    warranty: cost,
    payment: cost,
    returns: cost,
  }),
  /** What a committed renewal is worth beyond its goods, as a share of them. */
  renewal_value_bp: BasisPoints.default(0),
  /** What winning an order is worth beyond its margin. It counts in the value of an offer, never towards a floor. */
  acquisition_value: money.default({}),
  codes: z.array(Code).default([]),
  /** SKUs that may be given away, each only with goods of at least so much. */
  gifts: z.array(z.strictObject({ sku: z.string(), min_goods: money, cost: money })).default([]),
  /** What may be given away in all; an order has to fit into every one of them. */
  budgets: z.array(Budget).max(8).default([]),
  /** Orders above this need a person's approval. */
  approval_above: money,
  /** In its stead for counterparts of a tier, and of those above it that are not named. */
  approval_above_by_tier: z.partialRecord(Tier, money).default({}),
});
export type Limits = z.infer<typeof Limits>;

/** The terms whose options cost the vendor something. */
export type TermKind = keyof Limits["term_costs"];
