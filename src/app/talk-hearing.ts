import type { Move } from "../domain/reply.ts";
import type { Client } from "../protocol/client.ts";
import { print } from "./transcript.ts";

/** Shows one reply while it comes. */
export interface Hearing {
  /** Shows what of the finished words was not heard yet; null when there are none. Nothing is shown after it. */
  end(words: string | null): void;
}

/** Words that take longer than this are waited for with the offers on the table. */
const SOON_MS = 300;

/** Words are shown as they come; `early` shows a typed reply whose words are not there soon. */
export function hearing(client: Client, early: (move: Move) => void): Hearing {
  let said = "";
  let timer: NodeJS.Timeout | undefined;
  const off = [
    client.on("event", ({ event }) => {
      if (event.kind !== "reply" || event.words || event.move.offers.length === 0) return;
      timer = setTimeout(() => early(event.move), SOON_MS);
    }),
    client.on("delta", ({ text }) => {
      clearTimeout(timer);
      said += text;
      process.stdout.write(text);
    }),
  ];
  return {
    end: (words) => {
      clearTimeout(timer);
      for (const each of off) each();
      if (words === null) {
        if (said !== "") print();
      } else if (words.startsWith(said)) print(words.slice(said.length));
      // A piece was lost on the way: what was shown has a gap in it.
      else print(`\n${words}`);
    },
  };
}
