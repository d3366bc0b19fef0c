import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { addLimitKey, type LimitKeys, openLimitKeys } from "../adapters/keys.ts";
import { open } from "../adapters/sqlite/database.ts";
import { type Config, databasePath, LIMIT_KEYS } from "./config.ts";

type Home = Pick<Config, "home">;

/** The keys of a home's limits; the first is made where no turn was decided with one. Throws `bad_config` when it is lost. */
export function limitKeysOf({ home }: Home, db: DatabaseSync): LimitKeys {
  return openLimitKeys(join(home, LIMIT_KEYS), lastUsed(db));
}

/** Has the limits drawn anew from the next start on, by a version that no stored turn was decided with. */
export function rotateLimitKeys(config: Home): ReturnType<typeof addLimitKey> {
  const file = join(config.home, LIMIT_KEYS);
  const path = databasePath(config);
  if (!existsSync(path)) return addLimitKey(file);
  const db = open(path);
  try {
    return addLimitKey(file, lastUsed(db));
  } finally {
    db.close();
  }
}

/** Version of the key that the latest turn was decided with, 0 for none. No earlier turn has a newer one. */
function lastUsed(db: DatabaseSync): number {
  const latest =
    "SELECT staff ->> '$.draws' AS draws FROM event WHERE staff IS NOT NULL ORDER BY rowid DESC LIMIT 1";
  return Number(db.prepare(latest).get()?.draws ?? 0);
}
