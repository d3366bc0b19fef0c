import type { Binding } from "../decision.ts";
import { canonical, derivedId } from "../hash.ts";
import type { Party } from "../party.ts";
import type { IntentView } from "../reply.ts";
import type { State } from "../state.ts";
import type { Vendor } from "../vendor.ts";
import type { Intent } from "./index.ts";

/** Where and when a binding happens, for the ids and instants of its intent. */
export interface BindingPlace {
  readonly session: string;
  /** The number of the reply that binds. */
  readonly seq: number;
  readonly at: string;
  readonly policy: string;
}

/** The intent that carries out a binding; the same binding at the same place is always the same intent. */
export function intentOf(binding: Binding, state: State, vendor: Vendor, place: BindingPlace): Intent {
  const { offer, details, approved } = binding;
  const terms = {
    id: derivedId("int", place.session, place.seq, offer.id),
    v: 1 as const,
    session: place.session,
    seq: place.seq,
    issued_at: place.at,
    expires_at: new Date(Date.parse(place.at) + vendor.answer_hours * 3_600_000).toISOString(),
    seller: { id: vendor.id, name: vendor.seller },
    buyer: buyerOf(state.party),
    offer: { id: offer.id, hash: offer.hash, revision: offer.revision, lineage: lineageOf(offer.id, state) },
    currency: offer.currency,
    lines: offer.lines,
    terms: offer.terms,
    discounts: offer.discounts,
    tax: offer.tax,
    totals: offer.totals,
    ship_to: details.ship_to,
    payer: details.payer,
    purchase_order: details.purchase_order ?? null,
    scope: "sell_as_stated" as const,
    authority: { by: approved ? ("operator" as const) : ("policy" as const), policy: place.policy },
  };
  const plan = offer.terms.subscription;
  return plan ? { kind: "subscription", ...terms, plan } : { kind: "order", ...terms };
}

function buyerOf({ principal, kind, tier, mandate }: Party): Intent["buyer"] {
  return { principal, kind, tier, ...(mandate ? { mandate: mandate.id } : {}) };
}

/** The same intent on a person's say. The vendor's system has as long from then on as the person had. */
export function approved(intent: Intent, at: string): Intent {
  const lasts = Date.parse(intent.expires_at) - Date.parse(intent.issued_at);
  return {
    ...intent,
    issued_at: at,
    expires_at: new Date(Date.parse(at) + lasts).toISOString(),
    authority: { ...intent.authority, by: "operator" },
  };
}

export function viewOf(intent: Intent, status: IntentView["status"], jws: string | null): IntentView {
  const { id, kind, offer, totals, currency } = intent;
  return { id, kind, offer: offer.id, status, total: totals.total, currency, ...(jws ? { jws } : {}) };
}

/** What is signed. */
export function payloadOf(intent: Intent): string {
  return canonical(intent);
}

/** Ids of the offers this one came from, oldest first, as far as the state remembers. */
function lineageOf(id: string, state: State): string[] {
  const byId = new Map(state.standings.map(({ offer }) => [offer.id, offer]));
  const chain: string[] = [];
  for (
    let next = byId.get(id)?.supersedes;
    next && !chain.includes(next);
    next = byId.get(next)?.supersedes
  ) {
    chain.unshift(next);
  }
  return chain;
}
