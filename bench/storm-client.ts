import { WebSocket } from "ws";
import { type Client, connect } from "../src/protocol/client.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";
import type { SocketClass } from "../src/protocol/link.ts";
import { frameIn } from "./frames.ts";

/** What was seen on the wire that should not be, and how much of it there was. */
export class Wires {
  connections = 0;
  events = 0;
  gaps = 0;
  duplicates = 0;
  resumes_failed = 0;
}

/**
 * A buyer on the published client, whose connections are cut from outside. Each connection is held against its own
 * promise: after its welcome every event, one after the other, from behind what it resumed from.
 */
export class StormClient {
  readonly client: Client;
  /** Numbers as the application was told of them, in the order it was. */
  readonly seqs: number[] = [];
  readonly faults: string[] = [];
  readonly said: string[] = [];
  cuts = 0;
  answered = 0;
  #socket: WebSocket | null = null;

  constructor(pick: () => string, wires: Wires) {
    const became = (socket: WebSocket) => {
      this.#socket = socket;
    };
    this.client = connect({ url: pick(), channel: "agent", WebSocket: watched(pick, wires, became) });
    this.client.on("event", ({ seq }) => this.seqs.push(seq));
    this.client.on("ack", ({ seq, message }) => {
      this.seqs.push(seq);
      this.said.push(message.id);
    });
    this.client.on("fault", ({ code }) => this.faults.push(code));
  }

  /** Ends the connection there is, without a word; false when there is none. */
  cut(): boolean {
    if (!this.#socket || this.#socket.readyState > WebSocket.OPEN) return false;
    this.#socket.terminate();
    this.cuts += 1;
    return true;
  }

  async say(act: Parameters<Client["act"]>[0]): Promise<void> {
    await this.client.act(act);
    this.answered += 1;
  }
}

/** Sockets to whichever gateway `pick` names, with what comes over them watched. */
function watched(pick: () => string, wires: Wires, became: (socket: WebSocket) => void): SocketClass {
  class Watched extends WebSocket {
    #resumed: number | null = null;
    #next: number | null = null;

    constructor(_: string, protocols: string[]) {
      super(pick(), protocols, { perMessageDeflate: false });
      wires.connections += 1;
      became(this);
      this.on("message", (data) => this.#watch(frameIn(data)));
    }

    override send(data: string): void {
      const frame = JSON.parse(data) as { type: string; resume?: { seq: number } };
      if (frame.type === "hello") this.#resumed = frame.resume?.seq ?? null;
      super.send(data);
    }

    #watch(frame: ServerFrame): void {
      if (frame.type === "resume_failed") wires.resumes_failed += 1;
      if (frame.type === "welcome") this.#next = (this.#resumed ?? frame.seq) + 1;
      if (frame.type !== "event" && (frame.type !== "ack" || frame.duplicate)) return;
      wires.events += 1;
      if (this.#next === null || frame.seq > this.#next) wires.gaps += 1;
      else if (frame.seq < this.#next) wires.duplicates += 1;
      this.#next = frame.seq + 1;
    }
  }
  return Watched as unknown as SocketClass;
}
