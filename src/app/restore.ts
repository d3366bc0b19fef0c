import { cpSync, existsSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { open } from "../adapters/sqlite/database.ts";
import { Fault } from "../domain/fault.ts";
import { options } from "./arguments.ts";
import { AUDIT } from "./audit-home.ts";
import { KEPT } from "./backup.ts";
import { databasePath, loadConfig } from "./config.ts";
import { eraseAgain } from "./erase-again.ts";
import { makeFolder } from "./folder.ts";
import { atHome } from "./home.ts";
import { counted } from "./progress.ts";

const USAGE = "usage: parley restore <folder> [--erasures <audit/erasures.jsonl of the home that was>]";

/**
 * Puts a backup into an empty home. What happened after the backup is lost, so the history gets a new epoch: clients
 * that come back are told to drop what they had. What was erased since is erased again, by the ledger that `--erasures`
 * names, or the one this home still has. Checkpoints are the backup's: those of what is lost are set aside.
 */
export async function run(args: string[]): Promise<number> {
  const [from, ...rest] = args;
  const config = await loadConfig(process.env);
  if (config.store !== undefined) return afterRestore(config.store, args);
  const given =
    from === undefined || from.startsWith("-") ? null : options(rest, { erasures: { type: "string" } });
  if (from === undefined || given === null) throw new Fault("bad_config", USAGE);
  const folder = resolve(from);
  if (!existsSync(join(folder, "parley.db")))
    throw new Fault("not_found", `${folder} holds no backup (no parley.db)`);
  if (existsSync(databasePath(config))) {
    throw new Fault(
      "bad_config",
      `${config.home} holds a database already; stop the gateway and move it away, or set PARLEY_HOME to another folder`,
    );
  }
  const named = given.erasures === undefined ? undefined : resolve(given.erasures);
  if (named !== undefined && !existsSync(named))
    throw new Fault("bad_config", `--erasures ${named}: there is no such ledger`);
  makeFolder(config.home, "PARLEY_HOME");
  const ledger = named ?? setAside(config.home);
  for (const name of KEPT) {
    const kept = join(folder, name);
    if (existsSync(kept)) cpSync(kept, join(config.home, name), { recursive: true });
  }
  cpSync(join(folder, "parley.db"), databasePath(config));
  const db = open(databasePath(config));
  db.exec("UPDATE meta SET value = lower(hex(randomblob(8))) WHERE key = 'epoch'");
  const sessions = db.prepare("SELECT count(*) AS n FROM session").get()?.n;
  db.close();
  const { erased } = await atHome(config, (home) => eraseAgain(home, ledger));
  process.stdout.write(
    `${String(sessions)} conversations are back in ${config.home}, under a new epoch; ${counted(erased, "was", "were")} erased since and ${erased === 1 ? "is" : "are"} erased again\n`,
  );
  if (ledger === undefined)
    process.stdout.write(
      "what was erased after this backup is back: name the ledger of the home that was (audit/erasures.jsonl) with `privacy reapply`\n",
    );
  return 0;
}

/** The ledger this home still has, moved out of the way with the checkpoints beside it. */
function setAside(home: string): string | undefined {
  const own = join(home, AUDIT);
  if (!existsSync(own)) return undefined;
  const aside = `${own}-before-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  renameSync(own, aside);
  const ledger = join(aside, "erasures.jsonl");
  return existsSync(ledger) ? ledger : undefined;
}

/** A server's own tools put the database back; what is left to do is to say that history was lost. */
async function afterRestore(url: string, args: readonly string[]): Promise<number> {
  if (args.length > 0)
    throw new Fault(
      "bad_config",
      "with PARLEY_STORE, put the database back with pg_restore while no gateway runs, then run restore without a folder",
    );
  const { openShared } = await import("../adapters/postgres/open.ts");
  const { newEpoch, store } = await openShared(url);
  await newEpoch();
  await store.close();
  process.stdout.write("the conversations in PARLEY_STORE stand under a new epoch\n");
  return 0;
}
