import { z } from "zod";
import { Amount, Currency } from "../domain/money.ts";

/** Milliseconds: how many were timed, their mean and their median; null where none was. */
const Times = z.strictObject({ count: z.int(), mean: z.int().nullable(), median: z.int().nullable() });

/**
 * Orders that stand, in one currency: never added to another's. `list` is their goods at list price, `given` what came off
 * it, `allowed` what the limits would have let off, of the orders whose turns say so (`known`, and what those gave).
 */
const MoneyFigures = z.strictObject({
  currency: Currency,
  orders: z.int(),
  total: Amount,
  list: Amount,
  given: Amount,
  allowed: z.strictObject({ known: z.int(), allowed: Amount, given: Amount }),
});

/** What some conversations came to. Rates are in parts of ten thousand, null where there is nothing to take a share of. */
export const FiguresOfMany = z.strictObject({
  sessions: z.int(),
  /** With an order that stands, and their share. */
  closed: z.int(),
  close_bp: z.int().nullable(),
  /** In which an offer was made. */
  offered: z.int(),
  first_offer_ms: Times,
  /** Bargaining rounds of those that had any. */
  rounds: z.strictObject({ count: z.int(), mean100: z.int().nullable() }),
  money: z.array(MoneyFigures),
  /** Without a person of the vendor's, and their share. */
  alone: z.int(),
  alone_bp: z.int().nullable(),
  /**
   * `bought` and `said` (thanks, or that it helped) are confirmed by the buyer; `assumed` ended, or went silent, with
   * everything answered; `unresolved` ended otherwise; `going` may still go on.
   */
  resolution: z.strictObject({
    bought: z.int(),
    said: z.int(),
    assumed: z.int(),
    unresolved: z.int(),
    going: z.int(),
  }),
  handling_ms: Times,
  approval_ms: Times,
  /** `micro_usd` is millionths of a dollar; `unpriced` calls are not in it. */
  model: z.strictObject({
    calls: z.int(),
    unpriced: z.int(),
    micro_usd: z.int(),
    /** For each conversation, those without a call included. */
    micro_usd_mean: z.int().nullable(),
  }),
});
export type FiguresOfMany = z.infer<typeof FiguresOfMany>;

/** A product: sessions that were offered it and that bought it, units, and what those brought, a currency each. */
export const ProductSales = z.strictObject({
  sku: z.string(),
  title: z.string(),
  offered: z.int(),
  sold: z.int(),
  units: z.int(),
  money: z.array(z.strictObject({ currency: Currency, amount: Amount, list: Amount })),
});
export type ProductSales = z.infer<typeof ProductSales>;

/** `GET /v1/staff/insights?from=&to=`: sessions opened from `from` on and before `to`. */
export const Insights = z.strictObject({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** False while conversations of before are still being looked at: ask again. */
  complete: z.boolean(),
  figures: z.strictObject({ all: FiguresOfMany, person: FiguresOfMany, machine: FiguresOfMany }),
  /** A day each, in UTC, without days on which nobody came. */
  series: z.array(
    z.strictObject({
      day: z.iso.date(),
      all: FiguresOfMany,
      person: FiguresOfMany,
      machine: FiguresOfMany,
    }),
  ),
  /** Those that sell most often, and those that are offered most and sell least. */
  products: z.strictObject({ best: z.array(ProductSales), worst: z.array(ProductSales) }),
});
export type Insights = z.infer<typeof Insights>;

const WHEN = "expected a day, as 2026-11-01, or an instant of RFC 3339";

/** An instant, or a day and then its first instant in UTC. */
const Instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/, WHEN)
  .refine((text) => !Number.isNaN(Date.parse(text)), WHEN)
  .transform((text) => new Date(text).toISOString());

/** Its query; without `to` until now, without `from` thirty days before that. */
export const InsightsQuery = z.strictObject({ from: Instant.optional(), to: Instant.optional() });
export type InsightsQuery = z.infer<typeof InsightsQuery>;
