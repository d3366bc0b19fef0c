import type { FaultCode } from "../domain/fault.ts";

/** A refusal as a client gets it: the gateway's fault, or the client's own word on the connection. */
export class ParleyFault extends Error {
  /**
   * `closed`: this client was closed; `unreachable`: no connection came about or lasted; `untrusted`: a signature does
   * not hold.
   */
  readonly code: FaultCode | "closed" | "unreachable" | "untrusted";
  /** The same message may succeed later. */
  readonly retry: boolean;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  constructor(
    code: ParleyFault["code"],
    message: string,
    retry: boolean,
    detail: ParleyFault["detail"] | undefined = {},
  ) {
    super(message);
    this.name = "ParleyFault";
    this.code = code;
    this.retry = retry;
    this.detail = detail;
  }
}

/** Whether a client should come back by itself after this close code: all but ends by intent or by its own mistake. */
export function comesBack(code: number): boolean {
  return !FINAL.has(code);
}

/** Milliseconds before the attempt after `attempt` failed ones: full jitter, `random(0, min(20 s, 0.25 s * 2^attempt))`. */
export function backoff(attempt: number, random: () => number): number {
  return random() * Math.min(20_000, 250 * 2 ** attempt);
}

/** Held against the table of faults by a test: it cannot be read here, as it brings the schemas with it. */
const FINAL: ReadonlySet<number> = new Set([
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 4400, 4401, 4403, 4404, 4410,
]);
