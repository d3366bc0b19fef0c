import { existsSync } from "node:fs";
import { join } from "node:path";
import { openKeys } from "../adapters/keys.ts";
import { Fault } from "../domain/fault.ts";
import { type ReplayReport, replay } from "../session/replay.ts";
import { closeBase, openBase } from "./base.ts";
import { databasePath, loadConfig } from "./config.ts";
import { limitKeysOf } from "./limit-keys.ts";
import { storedPolicy } from "./policy.ts";
import { count, counted } from "./progress.ts";

/** Decides stored conversations again from their logs and compares byte by byte. Without a session: lists them. */
export async function run(args: string[]): Promise<number> {
  const config = await loadConfig(process.env);
  const [id, ...rest] = args;
  if (rest.length > 0) throw new Fault("bad_config", "usage: parley replay [session | all]");
  if (config.store === undefined && !existsSync(databasePath(config)))
    throw new Fault("not_found", `there is no database in ${config.home} yet`);
  const base = await openBase(config);
  const { store, search } = base;
  const signer = await openKeys(join(config.home, "keys"));
  const { agent } = await import("../turn/house-agent.ts");
  try {
    const sessions = await store.sessions(10_000);
    if (id === undefined) {
      for (const { id: known, opened_at, last_seq } of sessions.slice(0, 40)) {
        process.stdout.write(`${known}  ${opened_at}  ${last_seq} events\n`);
      }
      if (sessions.length === 0) process.stdout.write("no conversations yet\n");
      return 0;
    }
    const limitKeys = await limitKeysOf(config, base);
    const policy = (digest: string, draws: number) => storedPolicy(digest, store, limitKeys, draws);
    const sources = { store, search, signer, agent, policy };
    const chosen = id === "all" ? sessions.map((session) => session.id) : [id];
    const tally = { turns: 0, different: 0, erased: 0 };
    for (const known of chosen) {
      const report: ReplayReport = await replay(known, sources).catch((error: unknown) => {
        // One that cannot be decided again says nothing about the others.
        if (id !== "all" || !(error instanceof Fault)) throw error;
        return { turns: 0, signatures: 0, differences: [error.message] };
      });
      for (const difference of report.differences) process.stdout.write(`${known}: ${difference}\n`);
      if (report.erased) {
        tally.erased += 1;
        process.stdout.write(`${known}: erased\n`);
        continue;
      }
      const identical = report.differences.length === 0;
      tally.turns += report.turns;
      tally.different += identical ? 0 : 1;
      const verdict = identical ? "identical" : "DIFFERENT";
      process.stdout.write(
        `${known}: ${counted(report.turns, "turn", "turns")} decided again, ${counted(report.signatures, "signature", "signatures")} verified: ${verdict}\n`,
      );
    }
    if (id === "all") {
      const gone = tally.erased > 0 ? `, ${count(tally.erased)} erased` : "";
      const conversations = counted(chosen.length, "conversation", "conversations");
      const turns = counted(tally.turns, "turn", "turns");
      const same = count(chosen.length - tally.different - tally.erased);
      process.stdout.write(
        `${conversations}, ${turns}: ${same} identical, ${count(tally.different)} different${gone}\n`,
      );
    }
    return tally.different === 0 ? 0 : 1;
  } finally {
    await closeBase(base);
  }
}
