import { BOUNDS } from "../domain/bounds.ts";
import type { House } from "./house.ts";

/** Tells every node which of the vendor's people watch here, and so can be asked to join a conversation. */
export interface Presence {
  /** Somebody is here until this is called back. */
  here(name: string): () => void;
  stop(): void;
}

export function presence({ store, clock, log }: House): Presence {
  const watching = new Map<string, number>();
  const say = (name: string, ms: number) => {
    const until = new Date(Date.parse(clock.now()) + ms).toISOString();
    store
      .attend(name, until)
      .catch((error: unknown) => log.warn({ cause: String(error) }, "who is there could not be kept"));
  };
  const timer = setInterval(() => {
    for (const name of watching.keys()) say(name, BOUNDS.attendance_ms);
  }, BOUNDS.attends_ms).unref();
  return {
    here: (name) => {
      watching.set(name, (watching.get(name) ?? 0) + 1);
      say(name, BOUNDS.attendance_ms);
      let here = true;
      return () => {
        if (!here) return;
        here = false;
        const left = (watching.get(name) ?? 1) - 1;
        if (left > 0) watching.set(name, left);
        else {
          watching.delete(name);
          say(name, 0);
        }
      };
    },
    stop: () => clearInterval(timer),
  };
}
