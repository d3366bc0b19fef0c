import type { SocketClass } from "../../src/protocol/link.ts";
import { Connection } from "../../src/session/connection.ts";
import type { Chance } from "./chance.ts";
import type { Node } from "./node.ts";
import type { Oracle, Reader } from "./oracle.ts";
import type { Trace } from "./trace.ts";

type Heard = { open: () => void; error: () => void } & {
  message: (event: { data: unknown }) => void;
  close: (event: { code: number; reason: string }) => void;
};

/** Sockets from buyers to whichever node is up: late, cut at any moment, told of it at once, later or never. */
export class Network {
  readonly #chance: Chance;
  readonly #trace: Trace;
  readonly #oracle: Oracle;
  readonly #nodes: () => readonly Node[];
  readonly #open = new Set<Line>();
  #lines = 0;
  calm = false;

  constructor(chance: Chance, trace: Trace, oracle: Oracle, nodes: () => readonly Node[]) {
    this.#chance = chance;
    this.#trace = trace;
    this.#oracle = oracle;
    this.#nodes = nodes;
  }

  /** A WebSocket class of this network, for the published client. */
  socketsOf(buyer: string): SocketClass {
    const dial = () => new Line(this, buyer);
    return class {
      readonly #line = dial();
      send(data: string) {
        this.#line.up(data);
      }
      close() {
        this.#line.hangUp();
      }
      addEventListener(type: keyof Heard, listener: never) {
        this.#line.heard[type] = listener;
      }
    } as unknown as SocketClass;
  }

  /** Whoever is at this node finds the other end gone. */
  lost(node: Node): void {
    for (const line of [...this.#open]) if (line.node === node) line.cut("node died");
  }

  /** One connection ends, whichever it is. */
  cutOne(): void {
    if (this.#open.size > 0) this.#chance.one([...this.#open]).cut("somewhere");
  }

  /** Says what was said once more, on another connection and perhaps to another node. */
  again(buyer: string, hello: string, frame: string): void {
    this.#trace.count("resends");
    const line = new Line(this, buyer);
    line.heard.open = () => {
      line.up(hello);
      line.up(frame);
      setTimeout(() => line.hangUp(), 4_000);
    };
  }

  /** For lines alone. */
  get parts() {
    const [chance, trace, oracle] = [this.#chance, this.#trace, this.#oracle];
    return { chance, trace, oracle, nodes: this.#nodes(), open: this.#open, n: ++this.#lines };
  }
}

/** One socket; each direction is in order, as TCP is. */
export class Line {
  readonly heard: Partial<Heard> = {};
  readonly node: Node | undefined;
  readonly #network: Network;
  readonly #buyer: string;
  readonly #parts: Network["parts"];
  readonly #reader: Reader;
  readonly #at = { up: 0, down: 0 };
  #connection: Connection | null = null;
  #over = false;
  #bytes = 0;
  #hello = "";

  constructor(network: Network, buyer: string) {
    this.#network = network;
    this.#buyer = buyer;
    this.#parts = network.parts;
    const { chance, nodes, n, oracle } = this.#parts;
    this.node = nodes.length > 0 ? chance.one(nodes) : undefined;
    this.#reader = oracle.reader(`${buyer}#${n}`);
    setTimeout(() => this.#arrive(), chance.between(1, 20));
  }

  #arrive(): void {
    const { node } = this;
    if (this.#over) return;
    if (!node?.life.alive || (!this.#network.calm && this.#parts.chance.happens(0.03))) {
      this.#over = true;
      this.heard.error?.();
      return;
    }
    const wire = {
      send: (text: string, sent?: () => void) => this.#down(text, sent),
      close: (code: number, reason: string) => this.#close(code, reason),
      buffered: () => this.#bytes,
    };
    const visit = node.guests.arrive("127.0.0.1");
    this.#connection = new Connection(node.gateway, wire, { door: node.door, visit, identity: null });
    this.#parts.open.add(this);
    this.heard.open?.();
  }

  /** From the buyer to the node. */
  up(text: string): void {
    if (this.#over) return;
    const { chance, trace } = this.#parts;
    const frame = JSON.parse(text) as { type: string };
    if (frame.type === "hello") this.#hello = text;
    if (frame.type === "hello" || frame.type === "say") this.#reader.says(text);
    if (frame.type === "say" && !this.#network.calm) {
      if (chance.happens(0.03)) this.#repeat(text);
      if (chance.happens(0.015)) this.cut("after saying");
    }
    trace.note(`${this.#buyer} > ${this.node?.life.node} ${text}`);
    this.#later("up", () => {
      if (this.node?.life.alive) this.#connection?.receive(text);
    });
  }

  /** Only where the session is known: a new one would be another. */
  #repeat(text: string): void {
    const { chance } = this.#parts;
    const resume = this.#reader.resume();
    if (!resume) return;
    const hello = JSON.stringify({ ...JSON.parse(this.#hello), resume });
    setTimeout(() => this.#network.again(this.#buyer, hello, text), chance.between(0, 60));
  }

  #down(text: string, sent?: () => void): void {
    const { chance, trace } = this.#parts;
    const there = !this.#over && this.node?.life.alive === true;
    const fails = there && !this.#network.calm && text.startsWith('{"type":"ack"') && chance.happens(0.02);
    if (fails) {
      trace.count("cuts_before_ack");
      this.cut("before the ack came");
    }
    if (!there || fails) {
      sent?.();
      return;
    }
    this.#bytes += text.length;
    this.#later("down", () => {
      this.#bytes -= text.length;
      sent?.();
      trace.note(`${this.#buyer} < ${this.node?.life.node} ${text}`);
      this.#reader.hears(text);
      this.heard.message?.({ data: text });
    });
  }

  #close(code: number, reason: string): void {
    if (this.#over) return;
    this.#later("down", () => {
      this.#end();
      this.heard.close?.({ code, reason });
    });
  }

  /** Nothing that is on its way arrives; either end learns it at once, later, or never by itself. */
  cut(why: string): void {
    if (this.#over) return;
    const { chance, trace } = this.#parts;
    trace.count("cuts");
    trace.note(`${this.#buyer} is cut off ${this.node?.life.node} ${why}`);
    this.#over = true;
    this.#parts.open.delete(this);
    const silent = chance.happens(0.1);
    if (silent) trace.count("cuts_unnoticed");
    else setTimeout(() => this.heard.close?.({ code: 1006, reason: "" }), chance.between(0, 60));
    setTimeout(() => this.#connection?.gone(), silent ? 30_000 : chance.between(0, 2_000));
  }

  hangUp(): void {
    if (this.#over) return;
    this.#end();
    setTimeout(() => this.#connection?.gone(), this.#parts.chance.between(0, 20));
  }

  #end(): void {
    this.#over = true;
    this.#parts.open.delete(this);
    this.#connection?.gone();
  }

  #later(way: "up" | "down", carry: () => void): void {
    const { chance } = this.#parts;
    const slow = !this.#network.calm && chance.happens(0.02);
    const at = Math.max(this.#at[way], performance.now() + chance.between(1, slow ? 700 : 12));
    this.#at[way] = at;
    setTimeout(() => !this.#over && carry(), at - performance.now());
  }
}
