import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { openPostgres } from "../src/adapters/postgres/database.ts";
import { postgresHindsight } from "../src/adapters/postgres/hindsight.ts";
import { postgresStore } from "../src/adapters/postgres/store.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { sqliteStore } from "../src/adapters/sqlite/store.ts";
import { stages } from "../src/app/lab-stage.ts";
import { beginning, link } from "../src/domain/chain.ts";
import type { Event } from "../src/domain/event.ts";
import { loadFixtures } from "../src/lab/fixture.ts";
import { HOUSE, play } from "../src/lab/play.ts";
import { type Conversation, conversation } from "../src/learning/conversation.ts";
import { gapsPage } from "../src/learning/gaps.ts";
import { insights } from "../src/learning/insights.ts";
import { projector } from "../src/learning/projector.ts";
import type { Hindsight } from "../src/ports/hindsight.ts";
import type { Store } from "../src/ports/store.ts";

const ROOT = resolve(import.meta.dirname, "..");
const SERVER = process.env.PARLEY_TEST_POSTGRES ?? "postgres://postgres@127.0.0.1:5432";
const AT_ONCE = 256;
const SPAN = { from: "2000-01-01T00:00:00.000Z", to: "2100-01-01T00:00:00.000Z" };
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Conversations of the fixtures, copied to 10,000 sessions, over either store: looking at all of them once (`first_s`), after one
 * more said something (`again_ms`), figures of all (`insights_ms`), the most pressing gaps (`gaps_ms`), and how long the event loop was held up
 * meanwhile (`lag_ms`: the longest, and 99 of 100).
 */
export async function run([asked]: string[]): Promise<object> {
  const sessions = asked === undefined ? 10_000 : Number(asked);
  const talks = await played();
  const figures: Record<string, object> = {};
  const folder = mkdtempSync(join(tmpdir(), "parley-hindsight-"));
  const store = sqliteStore(open(join(folder, "parley.db")));
  figures.sqlite = await measured(store, store.hindsight, talks, sessions);
  await store.close();
  rmSync(folder, { recursive: true });
  const name = `parley_bench_${process.pid}`;
  const admin = await openPostgres(`${SERVER}/postgres`).catch(() => null);
  if (admin) {
    await admin.query(`CREATE DATABASE ${name}`);
    const sql = await openPostgres(`${SERVER}/${name}`);
    const shared = await postgresStore(sql);
    figures.postgres = await measured(shared, postgresHindsight(sql), talks, sessions);
    await shared.close();
    await sql.end();
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  }
  return { sessions, talks: talks.length, ...figures };
}

/** Real conversations, played by the house. */
async function played(): Promise<Conversation[]> {
  const { fixtures } = loadFixtures(ROOT);
  const set = stages(ROOT, () => {});
  const talks: Conversation[] = [];
  for (const file of fixtures) {
    const stage = await set.open(file.fixture);
    await play(file, { ...stage, close: () => {} }, HOUSE);
    const [session] = await stage.house.store.sessions(1);
    const talk = session ? await conversation(session.id, stage.house.store) : null;
    if (talk) talks.push(talk);
    stage.close();
  }
  return talks;
}

async function measured(
  store: Store,
  hindsight: Hindsight,
  talks: readonly Conversation[],
  sessions: number,
): Promise<object> {
  let next = 0;
  const writer = async () => {
    for (let n = next++; n < sessions; n = next++) {
      const talk = talks[n % talks.length];
      if (talk) await copied(talk, `ses_${String(n).padStart(7, "0")}`, store);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writer));
  const looking = projector(store, hindsight, quiet);
  const first = await timed(() => looking.catchUp(3_600_000));
  const [talk] = talks;
  if (talk) await copied(talk, "ses_zzzzzzz", store);
  const again = await timed(() => looking.catchUp(3_600_000));
  const all = await timed(() => insights(SPAN, new Date().toISOString(), hindsight));
  const page = { limit: 30 };
  const gaps = await timed(() => gapsPage(page, hindsight, async () => new Map()));
  return {
    first_s: Number((first.ms / 1_000).toFixed(1)),
    ...{ again_ms: Math.round(again.ms), insights_ms: Math.round(all.ms), gaps_ms: Math.round(gaps.ms) },
    lag_ms: { first: first.lag, again: again.lag, insights: all.lag, gaps: gaps.lag },
    gaps: gaps.made.gaps.length,
    seen: all.made.figures.all.sessions,
  };
}

async function copied({ log, turns, calls }: Conversation, id: string, store: Store): Promise<void> {
  let chain = beginning(id);
  const logged = log.map(({ seq, event }) => {
    const json = JSON.stringify(event);
    const linked = link(chain, seq, json, "c2FsdCBvZiAxNiBieXRlcw");
    chain = linked.chain;
    return { seq, event: event as Event, json, ...linked };
  });
  const [first, ...rest] = logged;
  if (!first) return;
  const at = first.event.at;
  await store.open({ id, secret_hash: "0".repeat(64), principal: "anonymous", opened_at: at }, first);
  for (const one of rest) {
    const turn = turns.find(({ reply }) => reply === one.seq);
    const asked = calls.filter(({ message }) => message === one.seq).map(({ call }) => call);
    await store.append({
      ...{ session: id, term: 1, after: one.seq - 1, events: [one], at },
      ...(turn ? { turn } : {}),
      ...(asked.length > 0 ? { calls: { message: one.seq, calls: asked } } : {}),
    });
  }
}

async function timed<T>(work: () => Promise<T>) {
  const lag = monitorEventLoopDelay({ resolution: 1 });
  lag.enable();
  const began = performance.now();
  const made = await work();
  const ms = performance.now() - began;
  lag.disable();
  const inMs = (ns: number) => Math.round(ns / 1e5) / 10;
  return { made, ms, lag: { most: inMs(lag.max), p99: inMs(lag.percentile(99)) } };
}
