import type { Numbered } from "../../domain/event.ts";
import type { Offer } from "../../domain/offer.ts";
import type { InboxState, Row } from "../../protocol/staff.ts";

/** How a conversation stands, as its log tells. */
export interface Standing {
  readonly state: InboxState;
  readonly operator: string | null;
  readonly lang: string;
  readonly channel: string;
  readonly who: Row["who"];
  readonly currency: string;
  readonly rounds: { readonly n: number; readonly of: number };
  /** What was put on the table last. */
  readonly offers: readonly Offer[];
  readonly closed: boolean;
}

const NOBODY: Standing = {
  state: "agent",
  operator: null,
  lang: "en",
  channel: "chat",
  who: { kind: "person", tier: "anonymous", principal: "anonymous" },
  currency: "USD",
  rounds: { n: 0, of: 0 },
  offers: [],
  closed: false,
};

export function standing(log: readonly Numbered[]): Standing {
  return log.reduce(after, NOBODY);
}

function after(before: Standing, { event }: Numbered): Standing {
  switch (event.kind) {
    case "opened": {
      const { lang, channel, party, currency, rounds } = event;
      return { ...before, lang, channel, who: party, currency, rounds: { n: 0, of: rounds } };
    }
    case "reply": {
      const { offers, round, act } = event.move;
      const state = act === "approval_pending" && before.state === "agent" ? "needs_approval" : before.state;
      return {
        ...before,
        state,
        rounds: round.of > 0 ? round : before.rounds,
        offers: offers.length > 0 ? offers : before.offers,
      };
    }
    case "order":
      return before.state === "needs_approval" ? { ...before, state: "agent" } : before;
    case "handoff":
      return {
        ...before,
        ...STATES[event.to],
        operator: event.to === "person" ? (event.name ?? null) : null,
      };
    case "closed":
      return { ...before, state: "closed", operator: null, closed: true };
    default:
      return before;
  }
}

const STATES = {
  waiting: { state: "needs_person" },
  callback: { state: "needs_person" },
  person: { state: "with_person" },
  agent: { state: "agent" },
} as const;
