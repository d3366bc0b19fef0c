import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeys } from "../src/adapters/keys.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { sqliteStore } from "../src/adapters/sqlite/store.ts";
import { openAudit } from "../src/app/audit-home.ts";
import { beginning, link } from "../src/domain/chain.ts";
import { auditAll } from "../src/session/audit.ts";
import { auditCheckpoints } from "../src/session/audit-checkpoints.ts";
import { makeCheckpoint } from "../src/session/checkpoint.ts";

const EVENTS = 1_000_000;
/** Of one session; a reply of the demo shop with an offer has some 2,000 bytes, a message 300. */
const LENGTH = 20;
const SIZES = [300, 2_000];

/**
 * A log of a million events, written as the store keeps them: the time to verify every link, to sign how far all logs
 * reach, and to hold the heads against it; the memory that takes. Yardstick (`hash_s`): making the same links, two SHA-256 each.
 */
export async function run(): Promise<object> {
  const home = mkdtempSync(join(tmpdir(), "parley-audit-"));
  try {
    const db = open(join(home, "parley.db"));
    const { bytes, hash_s } = fill(db);
    const store = sqliteStore(db);
    const audit = await openAudit(home);
    const sources = { store, erasures: audit.signs.erasures, orders: await openKeys(join(home, "keys")) };
    const checkpoints = {
      ...{ store, clock: { now: () => new Date().toISOString() }, signer: audit.signs.checkpoints },
      ...{ heads: audit.heads, journal: audit.checkpoints },
    };
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let most = before;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 50);
    const chains = await timed(async () => {
      let events = 0;
      let broken = 0;
      for await (const one of auditAll(sources)) {
        events += one.events;
        broken += one.findings.length;
        if (one.events > 0 && events % 10_000 === 0) await new Promise((turned) => setImmediate(turned));
      }
      return { events, broken };
    });
    const signing = await timed(() => makeCheckpoint(checkpoints));
    const heads = await timed(async () => {
      const walk = auditCheckpoints({ ...sources, ...checkpoints });
      const step = await walk.next();
      if (!step.done) throw new Error(step.value.says);
      return step.value.heads;
    });
    clearInterval(timer);
    await store.close();
    const figures = {
      ...chains.made,
      mib: Math.round(bytes / 2 ** 20),
      verify_s: chains.seconds,
      events_per_s: Math.round(EVENTS / chains.seconds),
      sessions: heads.made,
      checkpoint_s: signing.seconds,
      heads_s: heads.seconds,
      rss_grew_mib: Math.round((most - before) / 2 ** 20),
      heads_file_bytes: statSync(audit.heads.at).size,
    };
    const { broken } = chains.made;
    return {
      ...figures,
      hash_s,
      failures: broken > 0 ? [`${broken} links of a whole log were found broken`] : [],
    };
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ made: T; seconds: number }> {
  const began = performance.now();
  const made = await work();
  return { made, seconds: Math.round(performance.now() - began) / 1_000 };
}

/** Writes the log; `hash_s` is what making its links took. */
function fill(db: ReturnType<typeof open>): { bytes: number; hash_s: number } {
  const session = db.prepare(
    "INSERT INTO session (id, secret_hash, principal, opened_at) VALUES (?, '', 'p', ?)",
  );
  const event = db.prepare(
    "INSERT INTO event (session, seq, json, salt, digest, chain) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const at = "2030-01-01T00:00:00.000Z";
  let bytes = 0;
  let hashing = 0;
  db.exec("BEGIN");
  for (let n = 0; n < EVENTS / LENGTH; n++) {
    const id = `ses_${String(n).padStart(8, "0")}`;
    session.run(id, at);
    let chain = beginning(id);
    for (let seq = 1; seq <= LENGTH; seq++) {
      const json = JSON.stringify({
        kind: "message",
        at,
        text: `${n}.${seq} `.padEnd(SIZES[seq % 2] ?? 0, "x"),
      });
      const began = performance.now();
      const made = link(chain, seq, json, "c2FsdCBvZiAxNiBieXRlcw");
      hashing += performance.now() - began;
      event.run(id, seq, json, made.salt, made.digest, made.chain);
      chain = made.chain;
      bytes += json.length;
    }
  }
  db.exec("COMMIT");
  return { bytes, hash_s: Math.round(hashing) / 1_000 };
}
