import { FAULTS, type Fault } from "../domain/fault.ts";
import type { House } from "./house.ts";
import { named } from "./named.ts";

/** Counts a fault that a peer is told. Where more lies behind it than the peer reads, the log is told that, and what it is about. */
export function refused(
  { meter, log }: House,
  fault: Fault,
  what: "a message" | "a request",
  about: Parameters<typeof named>[0],
): void {
  meter.fault(fault.code);
  if (fault.cause === undefined) return;
  const level = FAULTS[fault.code].http >= 500 ? "error" : "warn";
  log[level]({ ...named(about), code: fault.code, cause: String(fault.cause) }, `${what} was refused`);
}
