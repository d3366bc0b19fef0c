import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Lang } from "../domain/text.ts";

/** `stale`: the tape was recorded under another prompt, so that nothing is claimed; never a pass. */
export const LabVerdict = z.enum(["pass", "fail", "stale", "error"]);
export type LabVerdict = z.infer<typeof LabVerdict>;

/** One fixture, and what came of it when it was last played with the live prompts. */
export const LabFixture = z.strictObject({
  id: z.string(),
  about: z.string(),
  lang: Lang,
  /** Relative to where fixtures are kept. */
  file: z.string(),
  /** Made from a gap that staff answered. */
  learned: z.boolean(),
  last: z.strictObject({ verdict: LabVerdict, at: z.iso.datetime(), by: z.string() }).nullable(),
});
export type LabFixture = z.infer<typeof LabFixture>;

/** `GET /v1/staff/lab`. `problems` are of fixtures that cannot be read. */
export const LabOverview = z.strictObject({
  fixtures: z.array(LabFixture),
  problems: z.array(z.string()),
  prompts: z.array(z.strictObject({ name: z.string(), text: z.string(), digest: z.string() })),
  running: z.boolean(),
});
export type LabOverview = z.infer<typeof LabOverview>;

const PromptText = z.string().min(1).max(BOUNDS.frame_bytes);
export const PromptName = z.string().regex(/^[a-z][a-z0-9_-]{0,58}$/, "the name of a prompt, as `word`");

/** `POST /v1/staff/lab/run`: one fixture or all, by the live prompts, and beside them with one that was edited. */
export const LabRun = z.strictObject({
  fixture: z.string().max(200).optional(),
  prompt: z.strictObject({ name: PromptName, text: PromptText }).optional(),
});
export type LabRun = z.infer<typeof LabRun>;

/** One expectation that did not hold. */
const Unmet = z.strictObject({
  turn: z.int(),
  path: z.string(),
  wanted: z.unknown(),
  got: z.unknown(),
});

const Played = z.strictObject({
  verdict: LabVerdict,
  problem: z.string().optional(),
  unmet: z.array(Unmet),
});

/** One fixture of a run; `before` is by the live prompts, absent where nothing was edited. */
export const LabOutcome = z.strictObject({
  fixture: z.string(),
  about: z.string(),
  lang: Lang,
  mode: z.string(),
  ...Played.shape,
  before: Played.optional(),
  /** One passed and the other failed. */
  flipped: z.boolean(),
  turns: z.array(
    z.strictObject({
      n: z.int(),
      said: z.string(),
      /** What was answered, or why nothing was. */
      text: z.string(),
      /** With an edited prompt, where it differs: what of the typed reply, and the words before. */
      changed: z.array(z.string()),
      before: z.string().nullable(),
      /** A question to the model has no answer for these prompts: nothing is claimed of this turn's words. */
      unknown: z.boolean(),
    }),
  ),
});
export type LabOutcome = z.infer<typeof LabOutcome>;

/** Its answer: flips first, then what else changed, then the rest. */
export const LabResult = z.strictObject({
  outcomes: z.array(LabOutcome),
  counts: z.strictObject({
    pass: z.int(),
    fail: z.int(),
    stale: z.int(),
    error: z.int(),
    flipped: z.int(),
  }),
  ms: z.int(),
});
export type LabResult = z.infer<typeof LabResult>;

/** `PUT /v1/staff/lab/prompts/{name}`: the new text, and the digest of the one it was made from. */
export const PromptEdit = z.strictObject({ text: PromptText, digest: z.string().max(80) });
export type PromptEdit = z.infer<typeof PromptEdit>;

/** `POST /v1/staff/lab/promote`. */
export const Promotion = z.strictObject({
  session: z.string().min(1).max(80),
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, "small letters, digits, dots and hyphens")
    .optional(),
  about: z.string().min(1).max(400).optional(),
});
export type Promotion = z.infer<typeof Promotion>;

/** A conversation as a fixture, personal data masked; `tape` where a model had a part in it. Nothing is written. */
export const Promoted = z.strictObject({
  id: z.string(),
  fixture: z.string(),
  tape: z.string().nullable(),
  masked: z.int(),
  verdict: LabVerdict,
  notes: z.array(z.string()),
});
export type Promoted = z.infer<typeof Promoted>;
