import { cpSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { backup } from "node:sqlite";
import { open } from "../adapters/sqlite/database.ts";
import { Fault } from "../domain/fault.ts";
import { databasePath, LIMIT_KEYS, loadConfig } from "./config.ts";
import { makeFolder } from "./folder.ts";

/** What of a home is copied besides the database. */
export const KEPT = ["keys", LIMIT_KEYS, "tokens.json"] as const;

/** Copies database, keys and tokens to a new folder, while the gateway runs. */
export async function run(args: string[]): Promise<number> {
  const [to, ...rest] = args;
  if (to === undefined || rest.length > 0) throw new Fault("bad_config", "usage: parley backup <folder>");
  const config = await loadConfig(process.env);
  const folder = resolve(to);
  if (!existsSync(databasePath(config)))
    throw new Fault("not_found", `there is nothing to back up in ${config.home}`);
  if (existsSync(folder)) throw new Fault("bad_config", `${folder} is there already; name a new folder`);
  makeFolder(folder, "parley backup");
  const db = open(databasePath(config), { readonly: true });
  const pages = await backup(db, join(folder, "parley.db"));
  db.close();
  for (const name of KEPT) {
    const from = join(config.home, name);
    if (existsSync(from)) cpSync(from, join(folder, name), { recursive: true });
  }
  process.stdout.write(
    `${pages} pages, keys and tokens are in ${folder}; keep it as safe as ${config.home} itself\n`,
  );
  return 0;
}
