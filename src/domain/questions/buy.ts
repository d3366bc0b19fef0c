import { z } from "zod";

/** What a simulated buyer says next; `done` when it has what it wants or gives up. */
export const ModelBuyer = z.strictObject({ say: z.string().max(2_000), done: z.boolean() });
export type ModelBuyer = z.infer<typeof ModelBuyer>;
