import type { Event, EventOf } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { Gateway } from "../session/gateway.ts";
import type { House } from "../session/house.ts";
import type { Buyer } from "./buyers.ts";
import type { Answered, Conversation, Say } from "./buyers-talk.ts";

export interface SoakOptions {
  readonly house: House;
  /** Conversations in all; buyers take turns. */
  readonly runs: number;
  readonly seed: number;
  readonly at_once: number;
  readonly talk: (buyer: Buyer, say: Say, seed: number) => Promise<Conversation>;
  readonly onConversation?: (conversation: Conversation) => void;
}

/** Many conversations through one gateway's own sessions, several at once. A fault is an answer, not an end. */
export async function soak(buyers: readonly Buyer[], options: SoakOptions): Promise<Conversation[]> {
  const gateway = new Gateway(options.house, "lab");
  const conversations: Conversation[] = [];
  let next = 0;
  const work = async () => {
    for (let n = next++; n < options.runs; n = next++) {
      const buyer = buyers[n % buyers.length];
      if (!buyer) return;
      const seed = options.seed + Math.floor(n / buyers.length);
      const said = await options.talk(buyer, await mouth(buyer, gateway, `${buyer.id}-${seed}`), seed);
      conversations[n] = said;
      options.onConversation?.(said);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.at_once, options.runs) }, work));
  return conversations;
}

/** A buyer's way into a session of its own. */
async function mouth(buyer: Buyer, gateway: Gateway, key: string): Promise<Say> {
  const { lang, currency, channel, kind, details } = buyer;
  const { country, region, postal_code } = details.ship_to;
  const ship_to = { country, ...(region ? { region } : {}), ...(postal_code ? { postal_code } : {}) };
  const party = { principal: "lab", kind, tier: "anonymous" } as const;
  const { session } = await gateway.open({ lang, currency, channel, kind, ship_to }, party, key);
  let n = 0;
  let calls = 0;
  return async (sent) => {
    n += 1;
    const began = performance.now();
    const message = "say" in sent ? { text: sent.say } : { act: sent.act };
    try {
      const { seq, last } = await session.submit({ id: `b${n}`, ...message }, null);
      const { store } = gateway.house;
      const rows = await store.read(session.id, seq - 1, last - seq + 1);
      const events = rows.map(({ json }) => JSON.parse(json) as Event);
      const reply = events.find((event): event is EventOf<"reply"> => event.kind === "reply");
      const later = events.find((event): event is EventOf<"words"> => event.kind === "words");
      const all = gateway.house.model ? await store.calls(session.id) : [];
      const own = all.slice(calls);
      calls = all.length;
      const worded = own.some(({ call }) => call.prompt === "word" && call.outcome === "answered");
      return {
        ...{ move: reply?.move ?? null, words: reply?.words ?? later?.words ?? null, fault: null },
        ...{ by: worded ? "model" : "house", calls: own.length, ms: Math.round(performance.now() - began) },
      } satisfies Answered;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { move: null, words: null, fault: { code: error.code, message: error.message } };
    }
  };
}
