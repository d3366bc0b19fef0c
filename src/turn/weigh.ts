import type { Act, Reading } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Draws } from "../domain/draws.ts";
import type { Message } from "../domain/event.ts";
import type { Limits } from "../domain/limits.ts";
import type { Found, Lookup } from "../domain/lookup.ts";
import type { State } from "../domain/state.ts";
import type { Vendor } from "../domain/vendor.ts";
import { evidence } from "../knowledge/evidence.ts";
import { needs } from "../knowledge/needs.ts";
import { accountsAt } from "../negotiation/budget.ts";
import { entitlementAccounts } from "../negotiation/entitlement.ts";
import type { Decided, Input } from "../negotiation/input.ts";

/** What weighing a message takes of its turn. `state` is as it was before the message. */
export interface Weighing {
  readonly session: string;
  readonly state: State;
  readonly at: string;
  readonly vendor: Vendor;
  readonly limits: Limits;
  readonly draws: Draws;
  readonly decided?: readonly Decided[];
}

/** A typed act is its own reading. */
export function typed(act: Act, message: Message, state: State): Reading {
  return { lang: message.lang ?? state.lang, acts: [act], confidence: 1 };
}

/**
 * What is looked up in this round (from 0), beside what was found in the rounds before; `known` of it was there before
 * the first. Nothing: all is known, or the turn has asked for as much as it may.
 */
export function roundOfLookups(
  acts: readonly Act[],
  { state, limits, vendor, at }: Pick<Weighing, "state" | "limits" | "vendor" | "at">,
  known: number,
  found: readonly Found[],
  round: number,
): readonly Lookup[] {
  if (round >= BOUNDS.lookup_rounds) return [];
  const first = round === 0 && known === 0;
  const budgets = first ? budgetsFor(limits, vendor, state, at) : [];
  const gifts = first ? giftsFor(acts, limits) : [];
  return [...budgets, ...needs(acts, state, found), ...gifts].slice(0, BOUNDS.lookups + known - found.length);
}

/** Asked for at every turn, whatever it is about: an offer may be said again in any reply. */
function budgetsFor(limits: Limits, vendor: Vendor, { currency, party }: State, at: string): Lookup[] {
  const own = entitlementAccounts(party, vendor, currency, at);
  const accounts = [...accountsAt(limits, currency, at), ...own];
  return accounts.length > 0 ? [{ kind: "budgets", accounts }] : [];
}

/** What may be given away is secret, so knowledge cannot ask for it: whoever wishes for a gift has them looked up here. */
function giftsFor(acts: readonly Act[], { gifts }: Limits): Lookup[] {
  const wished = acts.some((act) => act.act === "propose" && act.terms?.gift !== undefined);
  const skus = gifts.map((gift) => gift.sku).slice(0, 20);
  return wished && skus.length > 0 ? [{ kind: "products", skus }] : [];
}

/** All that the decision about a message depends on. `told` is the state that the message left behind. */
export function inputOf(
  message: Message,
  reading: Reading,
  acts: readonly Act[],
  told: State,
  found: readonly Found[],
  { session, state, at, vendor, limits, draws, decided }: Weighing,
): Input {
  const used = found.find(({ lookup }) => lookup.kind === "budgets")?.used;
  return {
    state: told,
    reading: { ...reading, acts: [...acts] },
    typed: message.act !== undefined,
    evidence: evidence(acts, told, found, vendor),
    vendor,
    limits,
    draws,
    ...(used === undefined ? {} : { used }),
    ...(decided === undefined ? {} : { decided }),
    now: at,
    session,
    seq: state.seq + 2,
  };
}
