import { channel } from "node:diagnostics_channel";

/** Writes that became durable by one COMMIT. */
export interface Group {
  readonly writes: number;
  /** Of the COMMIT alone, its fsync included. */
  readonly seconds: number;
}

/** Where stores tell of their groups; one that nobody listens to costs nothing. */
export const groups = channel("parley.store.group");
