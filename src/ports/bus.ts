import { z } from "zod";

/**
 * What one node of a vendor tells the others: never more than "look again". `session`: event `seq` of it is in the
 * store. `working`: somebody works on a message of it, or still makes words; whoever wants it may wait a little. `hush`: one of
 * the staff takes it; whoever is saying the words of reply `of` may end them where they are, so that they are known.
 */
export const Hint = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("session"), session: z.string().max(64), seq: z.number().int().min(1) }),
  z.object({ kind: z.literal("working"), session: z.string().max(64) }),
  z.object({ kind: z.literal("hush"), session: z.string().max(64), of: z.number().int().min(1) }),
  z.object({ kind: z.literal("outbox") }),
  z.object({ kind: z.literal("revoked") }),
  z.object({ kind: z.literal("policy") }),
]);
export type Hint = z.infer<typeof Hint>;

/**
 * Hints between the nodes of one vendor. They MAY be lost, doubled and reordered, and MUST NOT be needed: whoever hears
 * one reads the store, and whoever hears none looks there by itself every two seconds. `say` MUST NOT wait, throw or
 * grow without bound while nobody can be reached; what it cannot send is lost. A node MUST NOT hear itself. A listener
 * MUST NOT be called before `hear` has returned, nor after what that gave was called.
 */
export interface Bus {
  say(hint: Hint): void;
  /** Gives what ends the listening. */
  hear(listener: (hint: Hint) => void): () => void;
  close(): Promise<void>;
}
