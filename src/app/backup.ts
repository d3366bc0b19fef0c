import { cpSync, existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { backup } from "node:sqlite";
import { open } from "../adapters/sqlite/database.ts";
import { Fault } from "../domain/fault.ts";
import { AUDIT } from "./audit-home.ts";
import {
  databasePath,
  LEARNED,
  LIMIT_KEYS,
  LIMITS_JOURNAL,
  loadConfig,
  PROMPTS_JOURNAL,
  TOKENS,
} from "./config.ts";
import { makeFolder } from "./folder.ts";

/** What of a home is copied besides the database. */
export const KEPT = [AUDIT, "keys", LIMIT_KEYS, TOKENS, LEARNED, LIMITS_JOURNAL, PROMPTS_JOURNAL] as const;

/** Copies database, keys and tokens to a new folder, while the gateway runs. */
export async function run(args: string[]): Promise<number> {
  const [to, ...rest] = args;
  if (to === undefined || rest.length > 0) throw new Fault("bad_config", "usage: parley backup <folder>");
  const config = await loadConfig(process.env);
  const folder = resolve(to);
  if (config.store !== undefined)
    throw new Fault(
      "bad_config",
      `conversations and goods are in the database of PARLEY_STORE: back it up with pg_dump, and copy ${KEPT.join(", ")} of ${config.home} beside it`,
    );
  if (!existsSync(databasePath(config)))
    throw new Fault("not_found", `there is nothing to back up in ${config.home}`);
  if (existsSync(folder)) throw new Fault("bad_config", `${folder} is there already; name a new folder`);
  makeFolder(folder, "parley backup");
  // Before the database: what a checkpoint is signed over is then in the backup.
  for (const name of KEPT) {
    const from = join(config.home, name);
    if (existsSync(from))
      cpSync(from, join(folder, name), { recursive: true, filter: (path) => basename(path) !== "lock.db" });
  }
  const db = open(databasePath(config), { readonly: true });
  const pages = await backup(db, join(folder, "parley.db"));
  db.close();
  process.stdout.write(
    `${pages} pages, keys and tokens are in ${folder}; keep it as safe as ${config.home} itself\n`,
  );
  return 0;
}
