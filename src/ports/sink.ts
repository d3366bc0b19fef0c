import type { OutboxItem } from "./store.ts";

/**
 * Where bound orders go. MUST resolve only once the receiver has the item for good. MAY be called again with the same
 * item: the receiver tells repeats by `id`. A rejection means "try again later", unless it is `Gone`.
 */
export interface Sink {
  deliver(item: OutboxItem): Promise<void>;
}

/** The receiver never wants this again (HTTP 410). */
export class Gone extends Error {
  override readonly name = "Gone";
}
