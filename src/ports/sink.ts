import type { OutboxItem } from "./deliveries.ts";

/**
 * What became of one attempt. `failed` means "try again later", not before `wait_s` seconds where the receiver said so;
 * `gone` means that the receiver wants nothing at all any more.
 */
export type Delivery =
  | { readonly outcome: "delivered" }
  | { readonly outcome: "failed"; readonly why: string; readonly wait_s?: number }
  | { readonly outcome: "gone"; readonly why: string };

/**
 * Where bound orders go. MUST say `delivered` only once the receiver has the item for good, and MUST answer within
 * `within_ms`: later another node may send the same item. MAY be given the same item again: the receiver tells repeats by `id`. A rejection counts as `failed`.
 */
export interface Sink {
  readonly within_ms: number;
  deliver(item: OutboxItem): Promise<Delivery>;
  close(): Promise<void>;
}
