import { setTimeout as sleep } from "node:timers/promises";
import { BOUNDS } from "../domain/bounds.ts";
import type { Claim } from "../ports/claims.ts";
import type { Gateway } from "./gateway.ts";
import { named } from "./named.ts";
import type { Session } from "./session.ts";

const ROUND_MS = 2_000;

/** Follows what the vendor's other nodes write in sessions that are watched here. */
export interface Lookout {
  /** Stops after what it is reading. */
  stop(): Promise<void>;
}

/**
 * By hint at once, and by asking the store every two seconds, since a hint may be lost. Nobody adds to a session without
 * a claim: the store is asked for the claims since the last time, and for the last event of what is watched here only where
 * another node may be the writer; many of those a part at a time, spread over the two seconds.
 */
export function lookout(gateway: Gateway): Lookout {
  const { bus, log } = gateway.house;
  const stopping = new AbortController();

  const look = (session: Session, seq: number) =>
    session
      .look(seq)
      .then(() => session.finishWords())
      .catch((error: unknown) =>
        log.warn({ ...named({ session: session.id }), cause: String(error) }, "could not be read"),
      );

  const leave = bus.hear((hint) => {
    if (hint.kind !== "session" && hint.kind !== "working" && hint.kind !== "hush") return;
    const session = gateway.here(hint.session);
    if (hint.kind === "working") session?.heardOfOthers();
    else if (hint.kind === "hush") session?.heardOfOthers(hint.of);
    else if (session?.watched && hint.seq > session.seq) void look(session, hint.seq);
  });

  const claims = claimsSeen(gateway);
  const read = async (sessions: readonly Session[]) => {
    const behind = await others(gateway, sessions);
    await Promise.all(behind.map(([session, seq]) => look(session, seq)));
  };
  const warned = (error: unknown) =>
    log.warn({ cause: String(error) }, "what other nodes wrote could not be read");

  const round = async () => {
    const taken = await claims().catch(warned);
    // At once: those that were followed before have their time below.
    for (const some of inParts([...(taken ?? [])])) await read(some).catch(warned);
    const watched = [...gateway.watched()].filter(({ follows, wordless }) => follows || wordless);
    const parts = watched.length === 0 ? [[]] : inParts(watched);
    for (const some of parts) {
      if (stopping.signal.aborted) return;
      await read(some).catch(warned);
      await Promise.all(some.filter(({ wordless }) => wordless).map((session) => look(session, 0)));
      await sleep(ROUND_MS / parts.length, undefined, { signal: stopping.signal, ref: false }).catch(
        () => {},
      );
    }
  };

  const running = (async () => {
    while (!stopping.signal.aborted) await round();
  })();
  return {
    stop: async () => {
      leave();
      stopping.abort();
      await running;
    },
  };
}

/**
 * Tells sessions here of claims that came since it was last asked, and gives those that are watched and now another node's.
 * A claim is told twice, at two rounds: its session may be on its way into memory the first time.
 */
function claimsSeen(gateway: Gateway): () => Promise<Session[]> {
  let since: string | null = null;
  let last: readonly Claim[] = [];
  return async () => {
    const { claimed, next } = await gateway.house.store.claims(since);
    // What was held before it was first asked may have been claimed by then.
    if (since === null) for (const session of gateway.loaded()) session.heardOfClaim(Number.MAX_SAFE_INTEGER);
    since = next;
    const told = [...last, ...claimed];
    last = claimed;
    return told.flatMap(([id, term]) => {
      const session = gateway.here(id);
      session?.heardOfClaim(term);
      return session?.watched && session.follows ? [session] : [];
    });
  };
}

function inParts(sessions: readonly Session[]): Session[][] {
  return Array.from({ length: Math.ceil(sessions.length / BOUNDS.watched_at_once) }, (_, part) =>
    sessions.slice(part * BOUNDS.watched_at_once, (part + 1) * BOUNDS.watched_at_once),
  );
}

/** Those of which the store has more than is known here, with what it has. */
async function others(
  gateway: Gateway,
  sessions: readonly Session[],
): Promise<(readonly [Session, number])[]> {
  if (sessions.length === 0) return [];
  const heads = await gateway.house.store.heads(sessions.map(({ id }) => id));
  return sessions.flatMap((session) => {
    const seq = heads[session.id] ?? 0;
    return seq > session.seq ? [[session, seq] as const] : [];
  });
}
