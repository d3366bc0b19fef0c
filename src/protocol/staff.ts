import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Sku } from "../domain/entry.ts";
import { STAFF_NAME } from "../domain/handoff.ts";
import { Amount, Currency } from "../domain/money.ts";
import { Channel, Tier } from "../domain/party.ts";
import { StaffRole } from "../domain/staff.ts";
import { inLang, Lang, Localized } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import { Decided } from "./bodies.ts";

const at = z.iso.datetime();
const money = z.strictObject({ amount: Amount, currency: Currency });

/** `POST /v1/staff/sign-in`. */
export const SignInBody = z.strictObject({ token: z.string().min(1).max(BOUNDS.token_chars) });

/** `POST /v1/staff/sign-in`, and who is signed in. */
export const SignedInResult = z.strictObject({
  name: STAFF_NAME,
  role: StaffRole,
  /** Null for whoever shows a token and keeps no cookie. */
  until: at.nullable(),
});
export type SignedInResult = z.infer<typeof SignedInResult>;

/** `GET /v1/staff/me`. */
export const Me = SignedInResult.extend({
  /** As leases name who holds one. */
  principal: z.string(),
  /** Whether this vendor lets somebody of that role decide about orders. */
  approves: z.boolean(),
  /** Whether there is an identity provider to sign in at. */
  oidc: z.boolean(),
  vendor: z.strictObject({ id: z.string(), name: Localized }),
  languages: z.array(Lang),
});
export type Me = z.infer<typeof Me>;

export const InboxState = z.enum(["agent", "needs_approval", "needs_person", "with_person", "closed"]);
export type InboxState = z.infer<typeof InboxState>;

/** One conversation as staff see it in their inbox. */
export const Row = z.strictObject({
  session: z.string(),
  who: z.strictObject({ kind: z.enum(["person", "machine"]), tier: Tier, principal: z.string() }),
  lang: Lang,
  channel: Channel,
  state: InboxState,
  /** Who of staff has it. */
  operator: z.string().nullable(),
  /** The highest all-in total on the table. */
  value: money.nullable(),
  /** How far the goods of the latest offer lie below their list price, and how far they may, in basis points. */
  discount_bp: z.int().nullable(),
  allowed_bp: z.int().nullable(),
  waiting_since: at.nullable(),
  last: z
    .strictObject({ at, by: z.enum(["buyer", "agent", "operator", "gateway"]), text: z.string() })
    .nullable(),
  opened_at: at,
  seq: z.int().min(1),
});
export type Row = z.infer<typeof Row>;

export const InboxCounts = z.record(InboxState, z.int());
export type InboxCounts = z.infer<typeof InboxCounts>;

/** `gone` of the live inbox: it is not in it any more. */
export const InboxGone = z.strictObject({ session: z.string() });
export type InboxGone = z.infer<typeof InboxGone>;

/** `GET /v1/staff/inbox`: last changed first; `next` is what to ask after for more, null at the end. */
export const InboxPage = z.strictObject({
  rows: z.array(Row),
  next: z.string().nullable(),
  counts: InboxCounts,
});
export type InboxPage = z.infer<typeof InboxPage>;

/** The query of that page; `q` is looked for in the last line, the principal, the operator and the id. */
export const InboxQuery = z.strictObject({
  state: InboxState.optional(),
  kind: z.enum(["person", "machine"]).optional(),
  lang: Lang.optional(),
  q: z.string().max(200).optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type InboxQuery = z.infer<typeof InboxQuery>;

const lease = z.int().min(1);
const clientId = z.string().min(1).max(BOUNDS.id_chars);
const text = z.string().trim().min(1).max(BOUNDS.text_chars);

export const NothingBody = z.strictObject({});

/** What is done under a lease: the number of the event that gave it. */
export const LeaseBody = z.strictObject({ lease });

/** `POST .../take` and `.../renew`. */
export const TakenResult = z.strictObject({ lease, until: at });

/** `POST .../say`: `id` is yours and makes it idempotent; `of` is the event it answers. */
export const StaffSayBody = z.strictObject({ lease, id: clientId, text, of: z.int().min(1).optional() });

export const HandBackBody = z.strictObject({
  lease,
  /** For the agent's next reply, and for whoever of staff comes next. */
  note: z.string().trim().min(1).max(BOUNDS.note_chars).optional(),
});

/** Where what was said, handed back or closed stands in the log. */
export const StaffSeq = z.strictObject({ seq: z.int().min(1) });

export const WhisperBody = z.strictObject({
  id: clientId,
  text: z.string().trim().min(1).max(BOUNDS.note_chars),
});

/** A note to the agent: the answer to a whisper, and what a `staff_note` frame holds. */
export const StaffNote = z.strictObject({
  id: z.string(),
  at,
  by: STAFF_NAME,
  seq: z.int().min(1),
  text: z.string(),
});

export const DraftBody = z.strictObject({ lease: lease.optional() });
export const DraftResult = z.strictObject({ text: z.string() });

/** `POST /v1/orders/{intent}/counter`: an order as staff would rather have it. Prices are a piece, in minor units. */
export const CounterBody = z.strictObject({
  lines: z
    .array(z.strictObject({ sku: Sku, quantity: z.int().min(1).max(BOUNDS.quantity), unit_price: Amount }))
    .min(1)
    .max(BOUNDS.lines),
  /** Ids of the vendor's options; what is left out stays as it was ordered. */
  terms: z
    .strictObject({
      delivery: z.string().max(60).optional(),
      warranty: z.string().max(60).optional(),
      payment: z.string().max(60).optional(),
      returns: z.string().max(60).optional(),
    })
    .default({}),
  /** For the buyer to read. */
  note: z.string().max(BOUNDS.note_chars).optional(),
});
export type CounterBody = z.infer<typeof CounterBody>;

/** The order was declined, and this offer stands in its place. */
export const CounterResult = Decided.extend({ offer: z.strictObject({ id: z.string(), hash: z.string() }) });
export type CounterResult = z.infer<typeof CounterResult>;

export const CounterSchemaQuery = z.strictObject({ lang: Lang.optional() });

/** The JSON Schema of that body, with the options a vendor has, as they are called in this language. */
export function counterSchema({ terms }: Pick<Vendor, "terms">, lang: Lang): object {
  const schema = z.toJSONSchema(CounterBody, { io: "input" }) as unknown as {
    properties: { terms: { properties: Record<string, object> } };
  };
  for (const kind of ["delivery", "warranty", "payment", "returns"] as const)
    schema.properties.terms.properties[kind] = {
      type: "string",
      oneOf: terms[kind].map(({ id, label }) => ({ const: id, title: inLang(label, lang) })),
    };
  return schema;
}
