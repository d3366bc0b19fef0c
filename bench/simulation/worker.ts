import { parentPort } from "node:worker_threads";
import { PLANTS } from "./plants.ts";
import { type Played, played } from "./play.ts";
import { openShop } from "./shop.ts";

/** A seed to play, or a planted bug to look for in as many seeds as it takes. */
export type Task = { readonly seed: number } | { readonly plant: string; readonly most: number };
export type Done =
  | { readonly seed: number; readonly played: Played }
  | { readonly plant: string; readonly seeds: number; readonly says: string | null };

const shop = await openShop();

async function found(name: string, most: number): Promise<Done> {
  const plant = PLANTS[name] ?? { says: "nothing" };
  for (let seed = 1; seed <= most; seed++) {
    const [violation] = (await played(shop, seed, { plant })).violations;
    if (violation) return { plant: name, seeds: seed, says: violation.says };
  }
  return { plant: name, seeds: most, says: null };
}

parentPort?.on("message", async (task: Task) => {
  const done: Done =
    "seed" in task
      ? { seed: task.seed, played: await played(shop, task.seed) }
      : await found(task.plant, task.most);
  parentPort?.postMessage(done);
});
