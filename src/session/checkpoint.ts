import { BOUNDS } from "../domain/bounds.ts";
import { type Checkpoint, nameOf, SignedCheckpoint } from "../domain/checkpoint.ts";
import { canonical } from "../domain/hash.ts";
import { merkleTree } from "../domain/merkle.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal } from "../ports/journal.ts";
import type { Signer } from "../ports/signer.ts";
import type { Store } from "../ports/store.ts";

/** Where checkpoints are, and what makes them. */
export interface Checkpoints {
  readonly store: Store;
  readonly clock: Clock;
  /** Signs and verifies checkpoints. */
  readonly signer: Signer;
  /** One `Head` a line: the leaves. */
  readonly heads: Journal;
  /** One `SignedCheckpoint` a line. */
  readonly journal: Journal;
}

/** Clocks of nodes may differ by this; a session that is named once too often does no harm. */
const SKEW_MS = 600_000;

/**
 * Adds the heads of all sessions that moved since the checkpoint before, and signs the tree of all heads there ever were.
 * Gives the one before when nothing moved; null when `stop` came first, and then the next one makes up for it. MUST NOT
 * run beside itself on the same journals. In small steps: holds a page of sessions at a time.
 */
export async function makeCheckpoint(to: Checkpoints, stop?: AbortSignal): Promise<SignedCheckpoint | null> {
  const last = await lastOf(to.journal);
  const at = to.clock.now();
  const since = last ? new Date(Date.parse(last.checkpoint.at) - SKEW_MS).toISOString() : "";
  const tree = merkleTree();
  for await (const line of to.heads.lines()) tree.add(line);
  for (let after: string | null = null; ; ) {
    if (stop?.aborted) return null;
    const page: Awaited<ReturnType<Store["walk"]>> = await to.store.walk(after, BOUNDS.page_events);
    const lines = page
      .filter((session) => session.at >= since)
      .map(({ id, seq, chain }) => JSON.stringify({ session: id, seq, chain }));
    await to.heads.add(lines);
    for (const line of lines) tree.add(line);
    if (page.length < BOUNDS.page_events) break;
    after = page.at(-1)?.id ?? null;
    await new Promise((turned) => setImmediate(turned));
  }
  if (last && last.checkpoint.size === tree.size) return last;
  const checkpoint: Checkpoint = {
    ...{ v: 1, kind: "checkpoint", n: (last?.checkpoint.n ?? 0) + 1, at, epoch: to.store.epoch },
    ...{ size: tree.size, root: tree.root(), previous: last ? nameOf(last) : null },
  };
  const made = { checkpoint, jws: await to.signer.sign(canonical(checkpoint)) };
  await to.journal.add([JSON.stringify(made)]);
  return made;
}

/** The last checkpoint there is. One that cannot be read is passed over here: an audit names it. */
export async function lastOf(journal: Journal): Promise<SignedCheckpoint | null> {
  let last: SignedCheckpoint | null = null;
  for await (const line of journal.lines()) last = checkpointIn(line) ?? last;
  return last;
}

/** Null when the line holds no checkpoint. */
export function checkpointIn(line: string): SignedCheckpoint | null {
  try {
    return SignedCheckpoint.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
