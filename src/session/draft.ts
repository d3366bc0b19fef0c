import { Fault } from "../domain/fault.ts";
import type { Words } from "../domain/reply.ts";
import { turn } from "../turn.ts";
import { questionsOf } from "./asking.ts";
import type { Gateway } from "./gateway.ts";
import { lookUp } from "./looking-up.ts";
import { whispersFor } from "./whisper-notes.ts";

/**
 * What the agent would say to the counterpart's last message, for somebody of the staff to use or not. It walks the message
 * as a turn does; nothing is stored, promised or signed. Throws `forbidden` where the agent would place an order.
 */
export async function draft(
  gateway: Gateway,
  id: string,
  left: AbortSignal,
): Promise<{ readonly text: string }> {
  const { house } = gateway;
  const { model, store, clock, policy } = house;
  const session = await gateway.find(id);
  const { state } = session;
  const message = session.seen.message;
  if (!message) throw new Fault("not_found", "the counterpart has said nothing yet that could be answered");
  const at = clock.now();
  const decided = (await store.turns(id)).map(({ reply, reasons }) => ({ reply, reasons }));
  const context = {
    ...policy(),
    ...{ session: id, state, decided, at, streams: false, agent: model?.agent ?? null },
    whispers: await whispersFor(store, id, state),
  };
  let words: Words | undefined;
  await turn(message, context, {
    find: (lookup) => lookUp(house, lookup, { session: id, now: at }),
    ask: questionsOf(model, model?.asker.purse(NOTHING_SPENT) ?? null, state, performance.now(), left),
    sign: async () => {
      throw new Fault("forbidden", "the agent would place an order here, which is the counterpart's to do");
    },
    attended: () => store.attended(at),
    commit: async ({ events }) => {
      for (const event of events) if (event.kind === "reply") words = event.words ?? words;
      return "appended";
    },
    speak: async () => ({
      cut: left,
      say: () => {},
      end: async (made) => {
        words = made;
        return { words: made, interrupted: false };
      },
    }),
  });
  return { text: words?.text ?? "" };
}

const NOTHING_SPENT = { questions: 0, tokens: 0, micro_usd: 0 };
