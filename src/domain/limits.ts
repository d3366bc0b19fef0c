import { z } from "zod";
import { Amount, BasisPoints, Currency } from "./money.ts";

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

const cost = z.record(z.string(), z.union([money, BasisPoints]));

export const Limits = z.strictObject({
  /** Named in every decision's reasons; change it whenever a figure changes. */
  version: z.string().min(1).max(60),
  objective: z.enum(["conversion", "balance", "margin"]),
  /** One of the registered strategies, for machines and for people. */
  strategy: z.strictObject({ machine: z.string(), person: z.string() }),
  /** The first rule that matches holds; the last must match everything. */
  rules: z.array(LimitRule).min(1),
  /** What each option costs the vendor an order: money, or basis points of the goods. */
  term_costs: z.strictObject({
    delivery: cost,
    warranty: cost,
    payment: cost,
    returns: cost,
  }),
  /** What a committed renewal is worth beyond its goods, as a share of them. */
  renewal_value_bp: BasisPoints.default(0),
  codes: z.array(Code).default([]),
  /** SKUs that may be given away, each only with goods of at least so much. */
  gifts: z.array(z.strictObject({ sku: z.string(), min_goods: money, cost: money })).default([]),
  /** Orders above this need a person's approval. */
  approval_above: money,
});
export type Limits = z.infer<typeof Limits>;
