import { Fault } from "../domain/fault.ts";
import type { Clock } from "../ports/clock.ts";

/** The longest a timer of Node can be set for. */
const MOST_MS = 2 ** 31 - 1;

/** Ends a connection when what it showed is over; gives how to call that off. Null never ends. */
export function endAt(until: string | null, clock: Clock, connection: Ends): () => void {
  return until === null ? NEVER : ending(until, clock, connection);
}

interface Ends {
  end(fault: Fault): void;
}

/** Of everybody who shows nothing that ends: apart, since there are many of them. */
const NEVER = () => {};

function ending(until: string, clock: Clock, connection: Ends): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = Date.parse(until) - Date.parse(clock.now());
    if (left <= 0)
      connection.end(
        new Fault("token_expired", "the token has ended; come back with a fresh one and resume"),
      );
    else timer = setTimeout(wait, Math.min(left, MOST_MS)).unref();
  };
  timer = setTimeout(wait, 0).unref();
  return () => clearTimeout(timer);
}
