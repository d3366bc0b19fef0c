import { z } from "zod";
import { Sku } from "../domain/entry.ts";
import { Amount, Currency } from "../domain/money.ts";
import { Lang } from "../domain/text.ts";

const Words = z.string().trim().min(1).max(4_000);
const Question = z.string().trim().min(1).max(400);

/** In one language or in both. */
const InLanguages = <S extends z.ZodType>(text: S) =>
  z
    .strictObject({ en: text.optional(), ko: text.optional() })
    .refine(({ en, ko }) => en !== undefined || ko !== undefined, "say it in en, in ko, or in both");

export const GapState = z.enum(["open", "drafted", "live", "dismissed"]);
export type GapState = z.infer<typeof GapState>;

/** Why a question counts as not answered, what weighs most first. */
export const GapWhy = z.enum(["handed_over", "corrected", "unhelpful", "not_stated", "unsure"]);
export type GapWhy = z.infer<typeof GapWhy>;

/** What staff did about a gap, and who and when. */
export const GapDeed = z.strictObject({
  what: z.enum(["answered", "published", "refused", "dismissed"]),
  by: z.string(),
  at: z.iso.datetime(),
  note: z.string().optional(),
});
export type GapDeed = z.infer<typeof GapDeed>;

/** What is to be said from now on: an answer about a product, or about the shop where `about` is null. */
export const GapDraft = z.strictObject({
  text: InLanguages(Words),
  about: Sku.nullable(),
  /** As somebody would ask it; in a language that it was asked in, one of the examples is taken without it. */
  question: InLanguages(Question).optional(),
});
export type GapDraft = z.infer<typeof GapDraft>;

const Stake = z.strictObject({ amount: Amount, currency: Currency });

/** Questions about one thing that were not answered as they should have been. Examples are masked of personal data. */
export const Gap = z.strictObject({
  id: z.string(),
  question: z.string(),
  examples: z.array(z.strictObject({ session: z.string(), seq: z.int(), text: z.string(), lang: Lang })),
  why: GapWhy,
  /** How often it was asked, in how many sessions, and when last. */
  times: z.int(),
  sessions: z.int(),
  last_at: z.iso.datetime(),
  /** The highest all-in totals of those sessions: where most of it was, and each currency by itself. */
  at_stake: Stake.nullable(),
  stakes: z.array(Stake),
  product: z.strictObject({ sku: Sku, name: z.string() }).nullable(),
  state: GapState,
  draft: GapDraft.nullable(),
  /** Oldest first. */
  deeds: z.array(GapDeed),
});
export type Gap = z.infer<typeof Gap>;

/** `GET /v1/staff/gaps`: what weighs most first. `complete` is false while conversations are still being looked at. */
export const GapPage = z.strictObject({
  gaps: z.array(Gap),
  next: z.string().nullable(),
  complete: z.boolean(),
});
export type GapPage = z.infer<typeof GapPage>;

export const GapQuery = z.strictObject({
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  lang: Lang.optional(),
  state: GapState.optional(),
});
export type GapQuery = z.infer<typeof GapQuery>;

/** A knowledge entry as it will be stored, and the conversation that must be answered with it. */
export const GapAnswered = z.strictObject({
  gap: z.string(),
  state: GapState,
  entries: z.array(z.looseObject({ kind: z.string(), id: z.string() })),
  fixtures: z.array(z.strictObject({ id: z.string(), text: z.string() })),
});
export type GapAnswered = z.infer<typeof GapAnswered>;

/** `POST .../dismiss`. */
export const GapDismissed = GapAnswered.pick({ gap: true, state: true });
export type GapDismissed = z.infer<typeof GapDismissed>;
