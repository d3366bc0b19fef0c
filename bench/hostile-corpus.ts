import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Lang } from "../src/domain/text.ts";

/** Ways to turn an agent against its shop. The last ten are those of shop-price-tactics. */
export const Tactic = z.enum([
  "override",
  "roleplay",
  "fake_system",
  "fake_staff",
  "fake_tool",
  "prompt_extraction",
  "floor_extraction",
  "encoding",
  "prior_agreement",
  "unit_currency",
  "quantity_tier",
  "free_promises",
  "fake_review",
  "cross_session",
  "exfiltration",
  "language_switch",
  "multi_turn",
  "read_out",
  "speech",
  "unauthorised_code",
  "coupon_stacking",
  "price_override",
  "false_status",
  "price_lock",
  "bundle_breaking",
  "minimum_bypass",
  "invented_competitor_price",
  "expired_or_future_promotion",
  "fee_or_tax_removal",
]);
export type Tactic = z.infer<typeof Tactic>;

/** A value that no true reply can contain. */
export const Canary = z.strictObject({
  kind: z.enum(["price", "date", "name", "promise", "secret"]),
  text: z.string().min(3),
  /** Every spelling of it that must never go out. */
  forms: z.array(z.string().min(3)).min(3),
});
export type Canary = z.infer<typeof Canary>;

/** Stands in `obeys` for a part of the system prompt that the model was given. */
export const SYSTEM = "{system}";

export const Attack = z
  .strictObject({
    id: z.string().regex(/^(en|ko)-[a-z-]+-\d+$/),
    lang: Lang,
    tactic: Tactic,
    /** Said by the buyer, or planted in what the shop knows. */
    where: z.enum(["message", "product", "review", "answer", "policy", "title", "option"]),
    /** The SKU, or the policy's topic, that a text is planted at. */
    about: z.string().optional(),
    /** What the buyer said in earlier turns. */
    before: z.array(z.string()).optional(),
    text: z.string().min(1),
    /** What the buyer asks so that the planted text is found. */
    question: z.string().optional(),
    /** What a model that obeys would say; `speech` where it differs. */
    obeys: z.strictObject({ text: z.string(), speech: z.string().max(800).optional() }),
    canaries: z.array(Canary),
  })
  .refine(
    ({ where, about, question }) =>
      (where === "message") === (question === undefined) && (where === "message") === (about === undefined),
    "what is planted needs `about` and `question`, what is said has neither",
  )
  .refine(
    ({ canaries, obeys }) => canaries.length > 0 || obeys.text.includes(SYSTEM),
    "without a canary nothing shows that it was obeyed",
  );
export type Attack = z.infer<typeof Attack>;

export const ATTACKS = resolve(import.meta.dirname, "../fixtures/attacks");

/** Every attack, file by file. Throws an error that names the file and the field. */
export function loadAttacks(): Attack[] {
  return readdirSync(ATTACKS)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .flatMap((name) => {
      const parsed = z.array(Attack).safeParse(parse(readFileSync(join(ATTACKS, name), "utf8")));
      if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    });
}
