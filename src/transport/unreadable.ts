import { WebSocket } from "ws";
import { BOUNDS } from "../domain/bounds.ts";
import { FAULTS, Fault, type FaultCode } from "../domain/fault.ts";

/**
 * A socket that tells its peer what was wrong with bytes that no message came of. ws closes by itself then, with a code and
 * nothing else: here whoever listens to `unreadable` hears the fault first and MUST close the socket with it.
 */
export class ReadableSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const fault = reason === undefined && this.readyState === this.OPEN ? UNREADABLE.get(code ?? 0) : null;
    if (!fault) super.close(code, reason);
    else if (!this.emit("unreadable", new Fault(...fault))) super.close(code, fault[0]);
  }
}

/** What ws finds wrong, by the code it closes with. */
const UNREADABLE: ReadonlyMap<number, [FaultCode, string]> = new Map(
  (
    [
      ["bad_encoding", "that is not UTF-8; encode text as UTF-8"],
      ["frame_too_large", `a message holds at most ${BOUNDS.frame_bytes} bytes; say less at once`],
      ["too_many_fragments", `a message comes in at most ${BOUNDS.frame_fragments} fragments; use fewer`],
      ["protocol_violation", "the WebSocket framing is broken (RFC 6455); use a WebSocket library"],
    ] as [FaultCode, string][]
  ).map((fault) => [FAULTS[fault[0]].close ?? 0, fault]),
);
