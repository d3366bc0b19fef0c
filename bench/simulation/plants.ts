import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../../src/ports/store.ts";
import { Copy } from "../../src/session/copy.ts";
import type { Seen } from "../../src/session/seen.ts";

/** A bug that is put in around the sources for one run, to see that it is found. */
export interface Plant {
  readonly says: string;
  /** What stands between a node and its store. */
  readonly through?: (store: Store) => Store;
  /** What stands between the database and whatever makes it fail. */
  readonly under?: (durable: Store, db: DatabaseSync) => Store;
  /** Gives what takes it out again. */
  readonly begin?: (db: DatabaseSync) => () => void;
}

export const PLANTS: Readonly<Record<string, Plant>> = {
  no_unique_ids: {
    says: "nothing holds a message's id against those before it: no index, and no session that remembers",
    begin: (db) => {
      db.exec("DROP INDEX event_client");
      const forgetful = new WeakMap<Seen, Seen>();
      const known = Object.getOwnPropertyDescriptor(Copy.prototype, "seen") as PropertyDescriptor;
      Object.defineProperty(Copy.prototype, "seen", {
        ...known,
        get(this: Copy): Seen {
          const seen: Seen = known.get?.call(this);
          // The same for the same: a copy looks by identity whether anything was read meanwhile.
          const without = forgetful.get(seen) ?? { ...seen, ids: new Map() };
          forgetful.set(seen, without);
          return without;
        },
      });
      return () => void Object.defineProperty(Copy.prototype, "seen", known);
    },
  },
  acknowledged_before_commit: {
    says: "an append is said to be stored when it was sent",
    through: (store) =>
      over(store, {
        append: async (commit) => {
          void store.append(commit).catch(() => {});
          return "appended";
        },
      }),
  },
  no_term_check: {
    says: "whoever lost a session may go on writing in it",
    under: (durable, db) => {
      const term = db.prepare("SELECT term FROM session WHERE id = ?");
      const now = (session: string) => Number(term.get(session)?.term);
      return over(durable, {
        append: (commit) => durable.append({ ...commit, term: now(commit.session) }),
      });
    },
  },
};

function over(store: Store, own: Partial<Store>): Store {
  return new Proxy(store, {
    get: (_, name) => own[name as keyof Store] ?? store[name as keyof Store],
  });
}
