import { BOUNDS } from "../../src/domain/bounds.ts";
import { Fault } from "../../src/domain/fault.ts";
import type { Chance } from "./chance.ts";
import type { Node } from "./node.ts";

/** How long whoever asks over HTTP waits before it asks anew. */
const WITHIN_MS = BOUNDS.courtesy_ms + 5_000;
const TIMES = 40;

/** Asks one node after another until one answers; null when it was refused for good. */
export async function asked<T>(
  nodes: () => readonly Node[],
  chance: Chance,
  ask: (gateway: Node["gateway"]) => Promise<T>,
): Promise<T | null> {
  for (let n = 0; n < TIMES; n++) {
    const up = nodes();
    const outcome = up.length === 0 ? "later" : await inTime(ask(chance.one(up).gateway));
    if (outcome !== "later") return outcome;
    await new Promise((over) => setTimeout(over, chance.between(100, 1_500)));
  }
  return null;
}

/** A node that died never answers. */
function inTime<T>(answer: Promise<T>): Promise<T | null | "later"> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve("later"), WITHIN_MS);
    answer.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (!(error instanceof Fault)) reject(error);
        else resolve(error.code === "unavailable" || error.code === "queue_full" ? "later" : null);
      },
    );
  });
}
