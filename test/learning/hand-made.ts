import type { Event } from "../../src/domain/event.ts";
import type { Call } from "../../src/domain/question.ts";
import type { Reasons } from "../../src/domain/reasons.ts";
import type { Store, TurnRecord } from "../../src/ports/store.ts";
import { event, fresh, recordOf } from "../contracts/opened.ts";

/** A log written by hand: what nobody looks at is left out. Times are minutes and seconds of its first hour: "03:20". */
export interface Written {
  readonly session: string;
  readonly opened: string;
  add(at: string, body: object): number;
  /** A message, and the reply to it so much later; gives the number of the reply. */
  exchange(at: string, message: object, later: string, move: object, reasons?: Partial<Reasons>): number;
  asked(message: number, ...micro_usd: (number | null)[]): void;
  store(store: Store): Promise<void>;
}

export function written(hour: string, opening: object = {}): Written {
  const session = fresh();
  const at = (time: string) => `${hour}:${time}.000Z`;
  const party = { principal: "anonymous", kind: "person", tier: "anonymous" };
  const first = { kind: "opened", lang: "en", currency: "USD", channel: "chat", party, rounds: 10 };
  const events: object[] = [{ ...first, ship_to: { country: "US" }, at: at("00:00"), ...opening }];
  const turns: TurnRecord[] = [];
  const calls: { message: number; call: Call }[] = [];
  const add: Written["add"] = (time, body) => events.push({ ...body, at: at(time) });
  return {
    ...{ session, add, opened: at("00:00") },
    exchange: (time, said, later, move, reasons) => {
      const { acts = [], confidence = 0.9, lang = "en", ...message } = said as Record<string, unknown>;
      const re = add(time, {
        kind: "message",
        message: { id: `m${events.length}`, ...message },
        reading: { lang, acts, confidence },
      });
      const whole = {
        reasons: [],
        answers: [],
        results: [],
        offers: [],
        intents: [],
        citations: [],
        ...move,
      };
      const reply = add(later, {
        ...{ kind: "reply", re },
        move: { ask: null, choices: [], proposal: null, readback: null, round: { n: 0, of: 10 }, ...whole },
      });
      turns.push({ message: re, reply, reasons: { notes: [], ...reasons } } as unknown as TurnRecord);
      return reply;
    },
    asked: (message, ...prices) => {
      for (const micro_usd of prices) calls.push({ message, call: { prompt: "word", micro_usd } as Call });
    },
    store: async (store) => {
      const logged = events.map((body, i) => event(i + 1, JSON.stringify(body as Event)));
      const [first, ...rest] = logged;
      if (!first) return;
      await store.open(recordOf(session, { opened_at: at("00:00") }), first);
      let after = 1;
      for (const one of rest) {
        const turn = turns.find(({ reply }) => reply === one.seq);
        const asked = calls.filter(({ message }) => message === one.seq).map(({ call }) => call);
        await store.append({
          ...{ session, term: 1, after, events: [one], at: at("00:00") },
          ...(turn ? { turn } : {}),
          ...(asked.length > 0 ? { calls: { message: one.seq, calls: asked } } : {}),
        });
        after = one.seq;
      }
    },
  };
}

/** An offer of so many of one product, at a unit price against a list price. */
export function offer(
  id: string,
  lines: readonly (readonly [sku: string, quantity: number, unit: number, list: number])[],
  total: number,
  discount = 0,
): object {
  return {
    id,
    lines: lines.map(([sku, quantity, unit_price, list_price]) => ({
      ...{ sku, quantity, unit_price, list_price, title: `The ${sku}` },
    })),
    discounts: discount === 0 ? [] : [{ kind: "code", id: "X", amount: discount }],
    totals: { total },
  };
}

export function intent(id: string, offer: string, status: string, total: number): object {
  return { id, offer, status, total, kind: "order", currency: "USD" };
}
