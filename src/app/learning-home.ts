import { existsSync } from "node:fs";
import { systemClock } from "../adapters/clock.ts";
import { openFinding } from "../adapters/drivers.ts";
import { Fault } from "../domain/fault.ts";
import type { LearningDesk } from "../transport/learning.ts";
import { closeBase, openBase } from "./base.ts";
import { type Config, databasePath } from "./config.ts";
import { openLearning } from "./learning.ts";
import { limitKeysOf } from "./limit-keys.ts";
import { currentPolicy } from "./policy.ts";

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Works with what a home's conversations taught; a gateway may be running on it. Throws `not_found` where there are none. */
export async function learningAt<T>(config: Config, work: (desk: LearningDesk) => Promise<T>): Promise<T> {
  if (config.store === undefined && !existsSync(databasePath(config)))
    throw new Fault("not_found", `there is no database in ${config.home} yet`);
  const base = await openBase(config);
  const { search: at } = config;
  const found = at !== undefined && base.db !== null ? await openFinding(at, base.db, base.search) : null;
  const search = found?.search ?? base.search;
  const finding = found && at !== undefined ? { finding: { at, catalogue: found.catalogue } } : {};
  try {
    const keys = await limitKeysOf(config, base);
    const policy = await currentPolicy(config.vendor, { ...base, ...finding }, keys, quiet);
    const house = { search, policy: () => policy, clock: systemClock(), log: quiet };
    const learned = openLearning(config, { ...base, ...finding }, house);
    return await work(learned.desk).finally(learned.stop);
  } finally {
    await closeBase({ ...base, search });
  }
}
