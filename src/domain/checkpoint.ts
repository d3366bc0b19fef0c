import { z } from "zod";
import { digest } from "./hash.ts";

/** The kind of JWS that a checkpoint is signed as. */
export const CHECKPOINT_TYP = "parley-checkpoint+jws";

/**
 * How far a session's log reached, and its chain there: a leaf of the tree that checkpoints are signed over. Its text is
 * a line of `heads.jsonl`, and the leaf is that text.
 */
export const Head = z.strictObject({
  session: z.string(),
  seq: z.int().min(1),
  /** Null of a log that was begun before logs were chained. */
  chain: z.string().nullable(),
});
export type Head = z.infer<typeof Head>;

/**
 * The signed head of all heads, after RFC 6962's signed tree head: `root` is over the first `size` lines of
 * `heads.jsonl`, of which the checkpoint adds those sessions that moved since the one before it, `previous`.
 */
export const Checkpoint = z.strictObject({
  v: z.literal(1),
  kind: z.literal("checkpoint"),
  n: z.int().min(1),
  at: z.iso.datetime(),
  /** The history it is of; another after a backup was restored. */
  epoch: z.string(),
  size: z.int().min(0),
  root: z.string(),
  /** `digest` of the JWS of the checkpoint before; null of the first. */
  previous: z.string().nullable(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** A line of `checkpoints.jsonl`: what is signed, to be read, and the signature over its canonical text. */
export const SignedCheckpoint = z.strictObject({ checkpoint: Checkpoint, jws: z.string() });
export type SignedCheckpoint = z.infer<typeof SignedCheckpoint>;

/** What a checkpoint names the one before it by. */
export function nameOf({ jws }: SignedCheckpoint): string {
  return digest(jws);
}
