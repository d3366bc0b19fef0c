import { randomFillSync } from "node:crypto";
import { link } from "../domain/chain.ts";
import type { Event } from "../domain/event.ts";
import type { Logged } from "../ports/store.ts";

/** Events as they go into the log behind event `after`, whose chain is `previous`. */
export function logged(events: readonly Event[], after: number, previous: string): Logged[] {
  let chain = previous;
  return events.map((event, i) => {
    const seq = after + 1 + i;
    const json = JSON.stringify(event);
    const made = link(chain, seq, json, salt());
    chain = made.chain;
    return { seq, event, json, ...made };
  });
}

/** Many are drawn at once: to ask for 16 bytes costs as much as for all of them. */
const drawn = Buffer.alloc(16 * 256);
let used = drawn.length;

function salt(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += 16;
  return drawn.toString("base64url", used - 16, used);
}
