import { cpSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { open } from "../adapters/sqlite/database.ts";
import { Fault } from "../domain/fault.ts";
import { KEPT } from "./backup.ts";
import { databasePath, loadConfig } from "./config.ts";
import { makeFolder } from "./folder.ts";

/**
 * Puts a backup into an empty home. What happened after the backup is lost, so the history gets a new epoch: clients
 * that come back are told to drop what they had.
 */
export async function run(args: string[]): Promise<number> {
  const [from, ...rest] = args;
  if (from === undefined || rest.length > 0) throw new Fault("bad_config", "usage: parley restore <folder>");
  const config = await loadConfig(process.env);
  const folder = resolve(from);
  if (!existsSync(join(folder, "parley.db")))
    throw new Fault("not_found", `${folder} holds no backup (no parley.db)`);
  if (existsSync(databasePath(config))) {
    throw new Fault(
      "bad_config",
      `${config.home} holds a database already; stop the gateway and move it away, or set PARLEY_HOME to another folder`,
    );
  }
  makeFolder(config.home, "PARLEY_HOME");
  for (const name of KEPT) {
    const kept = join(folder, name);
    if (existsSync(kept)) cpSync(kept, join(config.home, name), { recursive: true });
  }
  cpSync(join(folder, "parley.db"), databasePath(config));
  const db = open(databasePath(config));
  db.exec("UPDATE meta SET value = lower(hex(randomblob(8))) WHERE key = 'epoch'");
  const sessions = db.prepare("SELECT count(*) AS n FROM session").get()?.n;
  db.close();
  process.stdout.write(`${String(sessions)} conversations are back in ${config.home}, under a new epoch\n`);
  return 0;
}
