import type { JWK } from "jose";
import { z } from "zod";
import { Fault, problemsOf } from "../../domain/fault.ts";
import type { Mandate } from "../../domain/mandate.ts";
import { Amount, Currency } from "../../domain/money.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MandateVerifier, PresentedMandate } from "../../ports/identity.ts";
import { ALGORITHMS, keySet, SKEW_SECONDS } from "./key-sets.ts";
import { disclosed, presentation, sha256 } from "./selective.ts";
import { whyOf } from "./tokens.ts";

export interface MandateOptions {
  /** Who may sign mandates (`iss`), and the keys of all of them: an address, or a file. */
  readonly issuers: readonly string[];
  readonly jwks: string;
  /** Who has to be paid by it, as its payees name it: the vendor's id, and its address where it has one. */
  readonly payee: { readonly id: string; readonly website?: string | undefined };
}

/** How old a key binding may be. */
const FRESH_SECONDS = 480;
const VCT = "mandate.payment.open.1";

const Merchant = z.looseObject({ id: z.string(), website: z.string().optional() });
const at = z.iso.datetime({ offset: true }).or(z.iso.date());

/**
 * What of an open payment mandate is held to here. A kind of constraint that is not known here refuses the mandate; those
 * about how it is paid are for whoever takes the payment.
 */
const Constraint = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("payment.amount_range"),
    currency: Currency,
    max: Amount,
    min: Amount.optional(),
  }),
  z.looseObject({ type: z.literal("payment.budget"), max: Amount, currency: Currency }),
  z.looseObject({ type: z.literal("payment.allowed_payees"), allowed: z.array(Merchant) }),
  z.looseObject({
    type: z.literal("payment.agent_recurrence"),
    // A rhythm would have to be kept here; how often in all is.
    frequency: z.literal("ON_DEMAND"),
    max_occurrences: z.int().min(1).max(1_000_000).default(1_000_000),
  }),
  z.looseObject({
    type: z.literal("payment.execution_date"),
    not_before: at.optional(),
    not_after: at.optional(),
  }),
  z.looseObject({ type: z.literal("payment.reference") }),
  z.looseObject({ type: z.literal("payment.allowed_payment_instruments") }),
  z.looseObject({ type: z.literal("payment.allowed_pisps") }),
]);

const Claims = z.looseObject({
  vct: z.literal(VCT),
  iss: z.string().max(200),
  exp: z.int(),
  constraints: z.array(Constraint).min(1).max(32),
  cnf: z.looseObject({ jwk: z.looseObject({ kty: z.string() }) }),
  payee: Merchant.optional(),
  payment_amount: z.looseObject({ currency: Currency, amount: Amount }).optional(),
});
type Claims = z.infer<typeof Claims>;

/** AP2 open payment mandates (v0.2), as SD-JWT with a key binding made for this vendor moments ago. */
export async function mandateVerifier(options: MandateOptions, clock: Clock): Promise<MandateVerifier> {
  const { issuers, jwks, payee } = options;
  const jose = await import("jose");
  const keys = await keySet(jwks);

  const checked = async (text: string): Promise<PresentedMandate> => {
    const shown = presentation(text);
    if (!shown) throw refused("an SD-JWT with a key binding (<jwt>~<disclosures>~<kb-jwt>) is expected");
    const currentDate = new Date(clock.now());
    const times = { algorithms: ALGORITHMS, clockTolerance: SKEW_SECONDS, currentDate };
    const { payload } = await jose.jwtVerify(shown.jwt, keys, {
      ...{ ...times, issuer: [...issuers], requiredClaims: ["exp", "cnf"] },
    });
    const claims = Claims.safeParse(opened(payload, shown.disclosures));
    if (!claims.success) throw refused(problemsOf(claims.error));
    const jwk = claims.data.cnf.jwk as JWK;
    const { payload: binding } = await jose.jwtVerify(
      shown.binding,
      await jose.importJWK(jwk, jwk.alg ?? "ES256"),
      {
        ...{
          ...times,
          typ: "kb+jwt",
          maxTokenAge: FRESH_SECONDS,
          requiredClaims: ["nonce", "sd_hash", "aud"],
        },
        audience: [payee.id, ...(payee.website ? [payee.website] : [])],
      },
    );
    if (binding.sd_hash !== sha256(shown.bound)) throw refused("its key binding is for another presentation");
    const nonce = z.string().min(8).max(200).safeParse(binding.nonce);
    if (!nonce.success) throw refused("its key binding needs a nonce of 8 to 200 characters");
    // Over what was signed, not over the signature: one payload has many valid ones.
    const id = sha256(shown.jwt.slice(0, shown.jwt.lastIndexOf("."))).slice(0, 22);
    return {
      mandate: authorityOf(claims.data, id, payee),
      holder: await jose.calculateJwkThumbprint(jwk),
      nonce: `${id} ${nonce.data}`,
      until: new Date(Date.parse(clock.now()) + (FRESH_SECONDS + 2 * SKEW_SECONDS) * 1_000).toISOString(),
    };
  };

  return {
    verify: async (text) => {
      try {
        return await checked(text);
      } catch (cause) {
        throw cause instanceof Fault ? cause : refused(whyOf(cause), cause);
      }
    },
  };
}

/** A constraint that its holder keeps to himself would bind him to nothing: all of them have to be shown. */
function opened(payload: Readonly<Record<string, unknown>>, disclosures: readonly string[]): unknown {
  try {
    return disclosed(payload, disclosures, "constraints");
  } catch (cause) {
    throw refused(cause instanceof Error ? cause.message : "it cannot be read", cause);
  }
}

/** What it lets its holder spend here, by the narrowest of what it says. */
function authorityOf(claims: Claims, id: string, payee: MandateOptions["payee"]): Mandate {
  const { constraints, payment_amount, iss, exp } = claims;
  const payees = [
    ...(claims.payee ? [[claims.payee]] : []),
    ...constraints.flatMap((one) => (one.type === "payment.allowed_payees" ? [one.allowed] : [])),
  ];
  for (const allowed of payees)
    if (!allowed.some((one) => isPayee(one, payee))) throw refused("it is for other merchants");
  const ranges = constraints.filter((one) => one.type === "payment.amount_range");
  const budgets = constraints.filter((one) => one.type === "payment.budget");
  const amounts = [
    ...ranges.map(({ currency, max }) => ({ currency, max })),
    ...budgets.map(({ currency, max }) => ({ currency, max })),
    ...(payment_amount ? [{ currency: payment_amount.currency, max: payment_amount.amount }] : []),
  ];
  const [first] = amounts;
  if (!first) throw refused("it says no most amount (payment.amount_range or payment.budget)");
  if (amounts.some(({ currency }) => currency !== first.currency)) throw refused("it names two currencies");
  const dates = constraints.filter((one) => one.type === "payment.execution_date");
  const least = Math.max(0, ...ranges.map(({ min = 0 }) => min));
  const uses = constraints.flatMap((one) =>
    one.type === "payment.agent_recurrence" ? [one.max_occurrences] : [],
  );
  const from = dates.flatMap(({ not_before }) => (not_before ? [instant(not_before)] : [])).sort();
  const until = [
    new Date(exp * 1_000).toISOString(),
    ...dates.flatMap(({ not_after }) => not_after ?? []).map(instant),
  ];
  return {
    ...{ id, issuer: iss, currency: first.currency, max: Math.min(...amounts.map(({ max }) => max)) },
    ...(least > 0 ? { min: least } : {}),
    ...(budgets.length > 0 ? { budget: Math.min(...budgets.map(({ max }) => max)) } : {}),
    uses: uses.length > 0 ? Math.min(...uses) : 1,
    ...(from.length > 0 ? { from: from.at(-1) } : {}),
    until: until.sort()[0] ?? new Date(exp * 1_000).toISOString(),
  };
}

function isPayee(one: z.infer<typeof Merchant>, { id, website }: MandateOptions["payee"]): boolean {
  if (one.id === id) return true;
  const origin = (url: string) => (URL.canParse(url) ? new URL(url).origin : null);
  return website !== undefined && one.website !== undefined && origin(one.website) === origin(website);
}

function instant(text: string): string {
  return new Date(text).toISOString();
}

function refused(why: string, cause?: unknown): Fault {
  return new Fault("mandate_refused", `this mandate does not hold here: ${why}`, { cause });
}
