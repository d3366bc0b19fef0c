import { once } from "node:events";
import { z } from "zod";
import { Receipt } from "../domain/erasure.ts";
import { Fault } from "../domain/fault.ts";
import { erasePrincipal, eraseSession, pseudonymOf } from "../session/erase.ts";
import { EXPORTED, exported } from "../session/export.ts";
import { dropRecords } from "../session/retention.ts";
import { loadConfig } from "./config.ts";
import { eraseAgain } from "./erase-again.ts";
import { atHome, type Home } from "./home.ts";
import { counted } from "./progress.ts";

const USAGE = `usage: parley privacy export <principal or session>
       parley privacy erase <principal or session>
       parley privacy reapply [ledger]
       parley privacy drop-records <days>
`;

/**
 * `export` writes everything kept about somebody as JSON lines, the schema of each kind first. `erase` takes it away for
 * good, but for money records under a pseudonym, and prints the signed receipts; again, the same. `reapply` erases anew
 * what a backup brought back, by the ledger of this home or the one named. `drop-records` deletes money records that were
 * issued more than so many days ago, of conversations that are gone. A session begins with `ses_`.
 */
export async function run([what, whom, ...rest]: string[]): Promise<number> {
  const config = await loadConfig(process.env);
  if (what === "--help" || what === "-h") {
    process.stdout.write(USAGE);
    return 0;
  }
  if (rest.length > 0) throw new Fault("bad_config", USAGE.trim());
  if (what === "drop-records") return atHome(config, (home) => drop(home, whom));
  if (what === "reapply") return atHome(config, (home) => reapply(home, whom));
  if (whom === undefined || (what !== "export" && what !== "erase"))
    throw new Fault("bad_config", USAGE.trim());
  return atHome(config, (home) => (what === "export" ? exportAll(home, whom) : erase(home, whom)));
}

async function exportAll(home: Home, whom: string): Promise<number> {
  const { store, audit } = home;
  const receiptIn = async (jws: string) => {
    const payload = await audit.signs.erasures.verify(jws);
    return payload === null ? null : Receipt.parse(JSON.parse(payload));
  };
  let lines = 0;
  for await (const session of sessionsOf(home, whom)) {
    for await (const { kind, value } of exported(session, store, receiptIn)) {
      if (lines === 0)
        for (const [of, schema] of Object.entries(schemas())) await write({ kind: "schema", of, schema });
      await write({ kind, value });
      lines += 1;
    }
  }
  if (lines === 0) throw new Fault("not_found", `nothing is kept of ${JSON.stringify(whom)}`);
  return 0;
}

async function erase({ eraser }: Home, whom: string): Promise<number> {
  const done = isSession(whom)
    ? [await eraseSession(whom, "asked", eraser)]
    : await erasePrincipal(whom, eraser);
  if (done.length === 0) throw new Fault("not_found", `nothing is kept of ${JSON.stringify(whom)}`);
  for (const erased of done) await write(erased);
  return 0;
}

async function drop({ eraser }: Home, given: string | undefined): Promise<number> {
  const days = /^\d{1,5}$/.test(given ?? "") ? Number(given) : 0;
  if (days < 1) throw new Fault("bad_config", "drop-records: say after how many days, 1 or more");
  const dropped = await dropRecords(days, eraser);
  process.stdout.write(`${counted(dropped, "money record", "money records")} deleted\n`);
  return 0;
}

async function reapply(home: Home, ledger: string | undefined): Promise<number> {
  const { erased, known } = await eraseAgain(home, ledger);
  process.stdout.write(
    `${counted(known, "erasure", "erasures")} in the ledger; ${counted(erased, "conversation", "conversations")} erased again\n`,
  );
  return 0;
}

/** The session, or all of the principal's, whether they still go by its name or by its pseudonym. */
async function* sessionsOf({ store, eraser }: Home, whom: string): AsyncGenerator<string> {
  if (isSession(whom)) {
    yield whom;
    return;
  }
  if (whom === "anonymous")
    throw new Fault("bad_config", "anonymous is nobody in particular; name the session");
  for (const name of [whom, pseudonymOf(whom, eraser.key)]) {
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof store.sessionsOf>> = await store.sessionsOf(name, after, AT_ONCE);
      for (const { id } of page) yield id;
      after = page.at(-1)?.id ?? null;
      if (page.length < AT_ONCE) break;
    }
  }
}

const AT_ONCE = 100;

function isSession(whom: string): boolean {
  return whom.startsWith("ses_");
}

function schemas() {
  return Object.fromEntries(
    Object.entries(EXPORTED).map(([of, schema]) => [of, z.toJSONSchema(schema, { io: "input" })]),
  );
}

async function write(value: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, "drain");
}
