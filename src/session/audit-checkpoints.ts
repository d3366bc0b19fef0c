import { Head, nameOf, type SignedCheckpoint } from "../domain/checkpoint.ts";
import { Receipt } from "../domain/erasure.ts";
import { canonical } from "../domain/hash.ts";
import { type MerkleTree, merkleTree } from "../domain/merkle.ts";
import { type Checkpoints, checkpointIn } from "./checkpoint.ts";
import type { AuditSources, Finding } from "./finding.ts";

export interface AuditedCheckpoints {
  readonly checkpoints: number;
  readonly heads: number;
}

/**
 * Walks checkpoints and the heads they are signed over, both once and in order: each signature and link, each root, and
 * whether every session still reaches as far as it once did, with the chain it had there. `kept` is a checkpoint that was
 * put aside elsewhere: what was signed by then must still be so, whatever was written here since.
 */
export async function* auditCheckpoints(
  sources: AuditSources & Omit<Checkpoints, "clock">,
  kept: SignedCheckpoint | null = null,
): AsyncGenerator<Finding, AuditedCheckpoints> {
  const heads = sources.heads.lines()[Symbol.asyncIterator]();
  const tree = merkleTree();
  const named = new Set<string>();
  let last: SignedCheckpoint | null = null;
  let count = 0;
  let lines = 0;
  let met = kept === null;
  for await (const line of sources.journal.lines()) {
    lines += 1;
    const signed = checkpointIn(line);
    if (signed === null) {
      yield broken(`line ${lines} of ${sources.journal.at} is no checkpoint`);
      continue;
    }
    for (const says of await wrongWith(signed, last, sources)) yield broken(says);
    last = signed;
    count += 1;
    for (; tree.size < signed.checkpoint.size; ) {
      const next = await heads.next();
      if (next.done) {
        yield broken(
          `checkpoint ${signed.checkpoint.n} is over ${signed.checkpoint.size} heads, of which ${tree.size} are left`,
        );
        break;
      }
      tree.add(next.value);
      const finding = await stillReached(next.value, signed, sources);
      if (finding && !named.has(`${finding.session} ${finding.breach}`)) {
        named.add(`${finding.session} ${finding.breach}`);
        yield finding;
      }
    }
    if (!rootHolds(tree, signed))
      yield broken(`checkpoint ${signed.checkpoint.n}: its root is not that of the heads it was made over`);
    if (kept?.checkpoint.n !== signed.checkpoint.n) continue;
    met = true;
    if (kept.jws !== signed.jws)
      yield broken(
        `checkpoint ${kept.checkpoint.n} is another than the one kept: everything up to ${kept.checkpoint.at} may have been written anew`,
      );
  }
  if (!met && kept) {
    const says = `the one kept (${kept.checkpoint.n}, of ${kept.checkpoint.at}) is not here: checkpoints were cut off behind ${last?.checkpoint.n ?? 0}`;
    yield { breach: "checkpoint_missing", session: null, seq: null, says };
  }
  return { checkpoints: count, heads: tree.size };
}

async function wrongWith(
  signed: SignedCheckpoint,
  last: SignedCheckpoint | null,
  { signer }: Pick<Checkpoints, "signer">,
): Promise<string[]> {
  const { checkpoint, jws } = signed;
  const name = `checkpoint ${checkpoint.n}`;
  const wrong: string[] = [];
  if ((await signer.verify(jws)) !== canonical(checkpoint))
    wrong.push(`${name}: no published key of this gateway signed what it says`);
  const follows = last ? nameOf(last) : null;
  if (checkpoint.previous !== follows || checkpoint.n !== (last?.checkpoint.n ?? 0) + 1)
    wrong.push(
      `${name} does not follow ${last ? `checkpoint ${last.checkpoint.n}` : "nothing, as the first does"}: one was taken out or put in`,
    );
  return wrong;
}

function rootHolds(tree: MerkleTree, { checkpoint }: SignedCheckpoint): boolean {
  return tree.size === checkpoint.size && tree.root() === checkpoint.root;
}

/** Null when the session still has the event that was its last, with the chain it had; or was erased, and says so. */
async function stillReached(
  line: string,
  { checkpoint }: SignedCheckpoint,
  { store, erasures }: AuditSources,
): Promise<Finding | null> {
  const head = headIn(line);
  if (head === null) return broken(`checkpoint ${checkpoint.n}: a line of its heads cannot be read`);
  const { session, seq } = head;
  const [event] = await store.chain(session, seq - 1, 1);
  if (event?.seq === seq && event.chain === head.chain) return null;
  const since = `at checkpoint ${checkpoint.n}, ${checkpoint.at}`;
  if (event?.seq === seq) {
    const says = `its chain was another here ${since}: the log was written anew up to here or before`;
    return { breach: "chain_broken", session, seq, says };
  }
  const now = await store.head(session);
  if (now) {
    const says = `it had ${seq} events ${since}, and has ${now.seq}: the end of the log was cut off`;
    return { breach: "log_cut", session, seq: now.seq + 1, says };
  }
  const jws = await store.receipt(session);
  const payload = jws === null ? null : await erasures.verify(jws);
  const receipt = payload === null ? null : Receipt.safeParse(JSON.parse(payload));
  const { success, data } = receipt ?? { success: false, data: undefined };
  if (success && data?.session === session && data.head.seq >= seq) return null;
  const says = `it had ${seq} events ${since}; the session is gone, and no receipt says that it was erased`;
  return { breach: "session_missing", session, seq, says };
}

function headIn(line: string): Head | null {
  try {
    return Head.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function broken(says: string): Finding {
  return { breach: "checkpoint_broken", session: null, seq: null, says };
}
