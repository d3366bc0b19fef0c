import { Fault } from "../../domain/fault.ts";
import type { Appended } from "../../ports/store.ts";
import { type Group, groups } from "../groups.ts";
import { all, asking, commit } from "./asking.ts";
import type { Database } from "./database.ts";
import { decided, nextGroup, type Write } from "./group.ts";
import { locked } from "./locking.ts";
import { put, putSessions } from "./putting.ts";

export interface Committer {
  /** Resolves once it is committed: with what an append came to, or whether a session was made. */
  write(write: Write): Promise<Appended | boolean>;
  /** After everything asked for before. */
  close(): Promise<void>;
}

/**
 * One group of writes is under way at a time; what arrives meanwhile makes the next: one transaction, one fsync and two
 * round trips to the server, however many sessions took their turn. A group that fails by a write of its own is taken
 * apart, so that none pays for another. When the server fails nobody knows what became of the group: all of it is rejected.
 */
export function committer(sql: Database): Committer {
  const waiting: Waiting[] = [];
  const drawn = { newest: 0 };
  let running: Promise<void> | null = null;

  const run = async () => {
    // The rest of this moment's messages may join the group.
    await new Promise((turned) => setImmediate(turned));
    while (waiting.length > 0) {
      const group = nextGroup(waiting, MOST);
      for (const [i, outcome] of (
        await settled(
          sql,
          group.map(({ write }) => write),
          drawn,
        )
      ).entries()) {
        if ("error" in outcome) group[i]?.reject(outcome.error);
        else group[i]?.resolve(outcome.done);
      }
    }
    running = null;
  };

  return {
    write: (write) =>
      new Promise((resolve, reject) => {
        waiting.push({ write, resolve, reject });
        running ??= run();
      }),
    close: async () => {
      await running;
    },
  };
}

const DELIVERED = `DELETE FROM outbox AS o USING unnest($1::text[], $2::text[]) AS v (id, sink)
  WHERE o.id = v.id AND o.sink = v.sink`;
const MOST = 128;

interface Waiting {
  readonly write: Write;
  readonly resolve: (done: Appended | boolean) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly done: Appended | boolean } | { readonly error: unknown };

/** The newest key of limits that a committed turn was decided with. */
interface Drawn {
  newest: number;
}

async function settled(sql: Database, group: readonly Write[], drawn: Drawn): Promise<Outcome[]> {
  try {
    return await committed(sql, group, drawn);
  } catch (error) {
    if (group.length === 1 || error instanceof Fault) return group.map(() => ({ error }));
    const each: Outcome[] = [];
    for (const write of group) each.push(...(await settled(sql, [write], drawn)));
    return each;
  }
}

function committed(sql: Database, group: readonly Write[], drawn: Drawn): Promise<Outcome[]> {
  return sql.alone(async (client) => {
    const ask = asking(client);
    const commits = group.flatMap((write) => (write.kind === "append" ? [write.commit] : []));
    const opens = group.flatMap((write) => (write.kind === "open" ? [write] : []));
    const gone = group.flatMap((write) => (write.kind === "delivered" ? [write] : []));
    try {
      const [, known, made] = await all([
        ask("begin", "BEGIN ISOLATION LEVEL READ COMMITTED", []),
        commits.length === 0 ? null : locked(ask, commits),
        opens.length === 0 ? null : putSessions(ask, opens),
      ]);
      const { outcomes, taken } = known ? decided(commits, known) : { outcomes: [], taken: [] };
      const draws = Math.max(0, ...taken.map(({ turn }) => turn?.draws ?? 0));
      const sent =
        known && taken.length > 0 ? put(ask, taken, known.balances, draws > drawn.newest ? draws : null) : [];
      if (gone.length > 0)
        sent.push(ask("drop outbox", DELIVERED, [gone.map(({ id }) => id), gone.map(({ sink }) => sink)]));
      const began = performance.now();
      await all([...sent, commit(client)]);
      const seconds = (performance.now() - began) / 1_000;
      if (groups.hasSubscribers) groups.publish({ writes: group.length, seconds } satisfies Group);
      drawn.newest = Math.max(drawn.newest, draws);
      const appended = outcomes.values();
      return group.map((write) => ({
        done:
          write.kind === "append"
            ? (appended.next().value ?? "stale")
            : write.kind === "open" && made?.has(write.session.id) === true,
      }));
    } catch (error) {
      await client.query("ROLLBACK").catch(() => {});
      throw error;
    }
  });
}
