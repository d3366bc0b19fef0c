import type { Goods } from "./table.ts";

/** One thing a message does to an order. `goods` are words, or null for what stands; `count` null is one, or as it stands. */
export type Edit =
  | { readonly op: "set" | "only"; readonly goods: Goods; readonly count: number | null }
  | { readonly op: "more" | "less"; readonly goods: Goods; readonly count: number }
  | { readonly op: "times"; readonly goods: Goods; readonly by: number }
  | { readonly op: "remove" | "keep"; readonly goods: Goods }
  | {
      readonly op: "swap";
      readonly goods: Goods | null;
      readonly into: Goods;
      readonly count: number | null;
    }
  | { readonly op: "every" | "rest"; readonly count: number | null; readonly first?: number }
  | { readonly op: "part"; readonly count: number; readonly into: Goods };

/** Edits in the order they were said; `talk` when something beside them was said that does nothing to an order. */
export interface Edits {
  readonly edits: readonly Edit[];
  readonly talk: boolean;
  /** They are for something beside what stands: "add", "also". */
  readonly adds: boolean;
}
