import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Currency } from "../domain/money.ts";

const text = z.string().min(1).max(BOUNDS.frame_bytes);

/** One line of a vendor's files, and what is wrong with it. */
export const FileProblem = z.strictObject({
  file: z.string(),
  line: z.int().nullable(),
  problem: z.string(),
});
export type FileProblem = z.infer<typeof FileProblem>;

/** `GET /v1/staff/limits`: the file as it stands, what names that text, what is sold in, and who changed it last, newest first. */
export const LimitsLive = z.strictObject({
  live: z.string(),
  digest: z.string(),
  currencies: z.array(Currency).min(1),
  changes: z.array(
    z.strictObject({ at: z.iso.datetime(), by: z.string(), before: z.string(), after: z.string() }),
  ),
});
export type LimitsLive = z.infer<typeof LimitsLive>;

/** `POST /v1/staff/limits/preview`: a text to try, on so many simulated visitors. */
export const LimitsTrial = z.strictObject({
  text,
  visitors: z.int().min(1).max(2_000).default(300),
  currency: z.string().max(3).optional(),
  seed: z.int().min(0).max(1_000_000_000).default(1),
});
export type LimitsTrial = z.infer<typeof LimitsTrial>;

/**
 * What a policy comes to, over simulated visitors: shares between 0 and 1; money in minor units, not whole ones, a hundred
 * visitors. `discount` is null without a deal.
 */
const Simulated = z.looseObject({
  visitors: z.int(),
  deals: z.int(),
  close: z.number(),
  missed: z.number(),
  revenue: z.number(),
  margin: z.number(),
  given: z.number(),
  discount: z.number().nullable(),
  rounds: z.number(),
});
export type Simulated = z.infer<typeof Simulated>;

/** By how much the tried one differs, with its 95 % interval; null where one of both closed nothing. */
const Apart = z.strictObject({ mean: z.number(), low: z.number(), high: z.number() }).nullable();

const Group = z.strictObject({ name: z.string(), new_policy: Simulated, old_policy: Simulated.nullable() });

/** `new_policy` is the text that was tried, `old_policy` the live one. */
export const SimulatedReport = z.looseObject({
  currency: Currency,
  visitors: z.int(),
  new_policy: Simulated,
  old_policy: Simulated.nullable(),
  differences: z
    .strictObject({
      ...{ close: Apart, missed: Apart, revenue: Apart, margin: Apart },
      ...{ given: Apart, discount: Apart, rounds: Apart },
    })
    .nullable(),
  by: z.strictObject({ category: z.array(Group), buyer: z.array(Group), kind: z.array(Group) }),
});
export type SimulatedReport = z.infer<typeof SimulatedReport>;

/**
 * Its answer: what is wrong and then nothing else, or what is merely odd and the comparison with the live limits, met by
 * the very same visitors: as data, and as `npm run simulate` prints it.
 */
export const LimitsPreview = z.strictObject({
  problems: z.array(FileProblem),
  warnings: z.array(FileProblem),
  comparison: z.strictObject({ report: SimulatedReport, text: z.string() }).nullable(),
});
export type LimitsPreview = z.infer<typeof LimitsPreview>;

/** `PUT /v1/staff/limits`: the new text, and the digest of the one it was made from. */
export const LimitsEdit = z.strictObject({ text, digest: z.string().max(80) });
export type LimitsEdit = z.infer<typeof LimitsEdit>;

/** What both `PUT`s of a file answer: its digest from here on. */
export const FileSaved = z.strictObject({ digest: z.string() });
export type FileSaved = z.infer<typeof FileSaved>;
