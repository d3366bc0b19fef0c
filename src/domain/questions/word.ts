import { z } from "zod";

/** The words of one reply. `text` comes first, because it is said while it arrives. */
export const ModelWords = z.strictObject({
  text: z.string().max(4_000),
  speech: z.string().max(800),
});
export type ModelWords = z.infer<typeof ModelWords>;
