import type { Purse, Spent } from "../asking/asker.ts";
import { beginning } from "../domain/chain.ts";
import { Fault } from "../domain/fault.ts";
import type { Call } from "../domain/question.ts";
import type { TurnRecord } from "../ports/store.ts";
import { Folded } from "./folded.ts";
import type { House } from "./house.ts";

/** Why a reply was decided as it was. */
export type Decided = Pick<TurnRecord, "reply" | "reasons">;

/** What a session's one writer has beside what everybody sees; worth nothing once another node has claimed the session. */
export interface Held {
  /** The writer's fence. */
  readonly term: number;
  /** The chain at the last event. */
  chain: string;
  readonly decided: Folded<Decided[]>;
  /** Questions put to a model so far. */
  calls: number;
  /** What is left to spend on them; null when there is no model. */
  readonly purse: Purse | null;
}

/** Of the node that opens a session: nobody else knows it yet. */
export function heldFromOpening({ model }: House, chain: string): Held {
  return {
    term: 1,
    chain,
    decided: new Folded([]),
    calls: 0,
    purse: model?.asker.purse(spentOn([])) ?? null,
  };
}

/** The fence alone, taken from whoever had it. Throws `unknown_session`. */
export async function claimed({ store }: House, session: string): Promise<number> {
  const term = await store.claim(session);
  if (term === null) throw new Fault("unknown_session", "there is no such session here; open a new one");
  return term;
}

/** What a writer of this term needs; to be read only once the session is claimed. */
export async function heldSince({ store, model }: House, session: string, term: number): Promise<Held> {
  const [turns, calls, head] = await Promise.all([
    store.turns(session),
    model ? store.calls(session) : [],
    store.head(session),
  ]);
  const chain = head?.chain ?? beginning(session);
  const decided = new Folded(turns.map(({ reply, reasons }) => ({ reply, reasons })));
  return { term, chain, decided, calls: calls.length, purse: model?.asker.purse(spentOn(calls)) ?? null };
}

function spentOn(calls: readonly { readonly call: Call }[]): Spent {
  return calls.reduce(
    (sum, { call }) => ({
      questions: sum.questions + (call.requests > 0 ? 1 : 0),
      tokens: sum.tokens + (call.tokens ? call.tokens.in + call.tokens.out : 0),
      micro_usd: sum.micro_usd + (call.micro_usd ?? 0),
    }),
    { questions: 0, tokens: 0, micro_usd: 0 },
  );
}
