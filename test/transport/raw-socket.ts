import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

export const OP = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame as it came: RFC 6455, section 5.2. */
export interface RawFrame {
  readonly fin: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

export interface FrameOptions {
  readonly fin?: boolean;
  /** The three reserved bits as a number, 0 to 7. */
  readonly rsv?: number;
  /** False breaks the rule that clients mask. */
  readonly masked?: boolean;
}

/** The bytes of one client frame, right or wrong. */
export function frame(opcode: number, payload: Buffer | string = "", options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, masked = true } = options;
  const data = Buffer.from(payload);
  const short = data.length < 126 ? data.length : data.length < 65_536 ? 126 : 127;
  const head = Buffer.alloc(short === 126 ? 4 : short === 127 ? 10 : 2);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (masked ? 0x80 : 0) | short;
  if (short === 126) head.writeUInt16BE(data.length, 2);
  if (short === 127) head.writeBigUInt64BE(BigInt(data.length), 2);
  if (!masked) return Buffer.concat([head, data]);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, data.map((byte, i) => byte ^ (mask[i % 4] ?? 0))]);
}

/** The payload of a close frame. */
export function closing(code: number, reason: Buffer | string = ""): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return Buffer.concat([head, Buffer.from(reason)]);
}

/** A WebSocket of hand-written bytes. It ends TCP as soon as a close frame comes. */
export class RawSocket {
  readonly tcp: Socket;
  readonly frames: RawFrame[] = [];
  /** The code of the close frame that came, 1005 when it had none, 1006 when TCP ended without. */
  readonly closed: Promise<number>;
  #buffer = Buffer.alloc(0);

  constructor(tcp: Socket, early: Buffer) {
    this.tcp = tcp;
    tcp.on("data", (data) => this.#read(Buffer.from(data)));
    tcp.on("error", () => {});
    this.closed = new Promise((resolve) =>
      tcp.once("close", () => {
        const last = this.frames.find(({ opcode }) => opcode === OP.close);
        resolve(!last ? 1006 : last.payload.length < 2 ? 1005 : last.payload.readUInt16BE(0));
      }),
    );
    this.#read(early);
  }

  /** Shakes hands; `url` is the gateway's WebSocket address. */
  static async open(url: string): Promise<RawSocket> {
    const { hostname, port, pathname, host } = new URL(url);
    const tcp = connect(Number(port), hostname);
    tcp.setNoDelay(true);
    tcp.write(
      [
        `GET ${pathname} HTTP/1.1`,
        `Host: ${host}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
        "Sec-WebSocket-Protocol: parley.v1",
        "\r\n",
      ].join("\r\n"),
    );
    let head = "";
    for await (const chunk of tcp.iterator({ destroyOnReturn: false })) {
      head += Buffer.from(chunk).toString("latin1");
      if (head.includes("\r\n\r\n")) break;
    }
    if (!head.startsWith("HTTP/1.1 101")) throw new Error(`no upgrade: ${head}`);
    return new RawSocket(tcp, Buffer.from(head.slice(head.indexOf("\r\n\r\n") + 4), "latin1"));
  }

  /** Writes everything at once, or in pieces of `chop` bytes, each a write of its own. */
  async write(bytes: Buffer | readonly Buffer[], chop?: number): Promise<void> {
    const all = Buffer.isBuffer(bytes) ? bytes : Buffer.concat(bytes);
    for (let i = 0; i < all.length; i += chop ?? all.length) {
      if (this.tcp.destroyed) return;
      await new Promise<void>((done) =>
        this.tcp.write(all.subarray(i, i + (chop ?? all.length)), () => done()),
      );
    }
  }

  #read(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const [first, second] = this.#buffer;
      if (first === undefined || second === undefined) break;
      const short = second & 0x7f;
      const start = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (this.#buffer.length < start) break;
      const length =
        short === 126
          ? this.#buffer.readUInt16BE(2)
          : short === 127
            ? Number(this.#buffer.readBigUInt64BE(2))
            : short;
      if (this.#buffer.length < start + length) break;
      const payload = this.#buffer.subarray(start, start + length);
      this.frames.push({ fin: first >= 0x80, opcode: first & 0x0f, payload });
      if ((first & 0x0f) === OP.close) this.tcp.destroy();
      this.#buffer = this.#buffer.subarray(start + length);
    }
  }
}
