import type { Catalogue } from "../../ports/catalogue.ts";

/**
 * One catalogue kept in two places: the typed store, whose reports count, and an engine that finds in it. The store goes
 * first, so that whatever is found has its facts, and what it refuses reaches no index.
 */
export function both(store: Catalogue, engine: Catalogue): Catalogue {
  return {
    begin: async (origin) => {
      const [load, copy] = [await store.begin(origin), await engine.begin(origin)];
      return {
        put: async (entries) => {
          await load.put(entries);
          await copy.put(entries);
        },
        finish: async () => {
          const report = await load.finish();
          await copy.finish();
          return report;
        },
        leave: async () => {
          await copy.leave();
          return load.leave();
        },
      };
    },
  };
}
