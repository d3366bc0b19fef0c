import type { Clock } from "../ports/clock.ts";

/** The machine's clock, held still while the machine's own runs backwards. */
export function systemClock(): Clock {
  let last = 0;
  let text = "";
  return {
    now: () => {
      const now = Date.now();
      if (now > last) {
        last = now;
        text = new Date(now).toISOString();
      }
      return text;
    },
  };
}
