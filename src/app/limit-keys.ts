import { existsSync } from "node:fs";
import { join } from "node:path";
import { addLimitKey, type LimitKeys, openLimitKeys } from "../adapters/keys.ts";
import { type Base, closeBase, openBase } from "./base.ts";
import { type Config, databasePath, LIMIT_KEYS } from "./config.ts";

type Home = Pick<Config, "home" | "store">;

/** The keys of a home's limits; the first is made where no turn was decided with one. Throws `bad_config` when it is lost. */
export async function limitKeysOf(
  { home }: Pick<Config, "home">,
  base: Pick<Base, "lastDraws">,
): Promise<LimitKeys> {
  return openLimitKeys(join(home, LIMIT_KEYS), await base.lastDraws());
}

/** Has the limits drawn anew from the next start on, by a version that no stored turn was decided with. */
export async function rotateLimitKeys(config: Home): Promise<ReturnType<typeof addLimitKey>> {
  const file = join(config.home, LIMIT_KEYS);
  if (config.store === undefined && !existsSync(databasePath(config))) return addLimitKey(file);
  const base = await openBase(config);
  try {
    return addLimitKey(file, await base.lastDraws());
  } finally {
    await closeBase(base);
  }
}
