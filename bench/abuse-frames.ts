import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import type { Ledger } from "./abuse-ledger.ts";
import { Attacker, http, offer, taken } from "./abuse-wire.ts";

/** D1: what is no frame of the protocol, each with what answers it: a fault's code, or a close code. */
const MALFORMED: readonly (readonly [string, string | Buffer, string])[] = [
  ["nothing", "", "bad_json"],
  ["no JSON", "{", "bad_json"],
  ["two objects", "{}{}", "bad_json"],
  ["half a surrogate pair", '{"type":"say","id":"s","text":"\\ud800"}', "bad_json"],
  ["a list", "[]", "bad_frame"],
  ["null", "null", "bad_frame"],
  ["no type", "{}", "bad_frame"],
  ["an unknown type", '{"type":"drop"}', "bad_frame"],
  ["a frame of the gateway's", '{"type":"ack","id":"a","seq":1}', "bad_frame"],
  ["an unknown field", '{"type":"ping","x":1}', "bad_frame"],
  ["a prototype", '{"type":"say","id":"p","text":"a","__proto__":{"x":1}}', "bad_frame"],
  ["text and act", '{"type":"say","id":"b","text":"a","act":{"act":"greet"}}', "bad_frame"],
  ["an unknown act", '{"type":"say","id":"u","act":{"act":"pay"}}', "bad_frame"],
  ["a negative quantity", say('{"item":{"sku":"HS-B1"},"quantity":-1}'), "bad_frame"],
  ["part of a unit", say('{"item":{"sku":"HS-B1"},"quantity":1.5}'), "bad_frame"],
  ["an infinite quantity", say('{"item":{"sku":"HS-B1"},"quantity":1e999}'), "bad_frame"],
  ["a quantity past what is exact", say('{"item":{"sku":"HS-B1"},"quantity":9007199254740993}'), "bad_frame"],
  ["an id too long", `{"type":"say","id":"${"x".repeat(65)}","text":"a"}`, "bad_frame"],
  ["text too long", `{"type":"say","id":"l","text":"${"x".repeat(4_001)}"}`, "bad_frame"],
  ["depth", `${"[".repeat(20_000)}${"]".repeat(20_000)}`, "bad_frame"],
  ["a second hello", '{"type":"hello"}', "session_open"],
  ["an approval by a buyer", '{"type":"decide","id":"d","intent":"int_x","verdict":"approve"}', "forbidden"],
  ["somebody else's token", '{"type":"renew","id":"n","key":"nobody"}', "forbidden"],
];

function say(line: string): string {
  return `{"type":"say","id":"w","act":{"act":"propose","lines":[${line}]}}`;
}

export async function frames(ws: string, ledger: Ledger): Promise<void> {
  const neighbour = await Attacker.open(ws);
  await neighbour.greeted();
  for (const [what, text, expected] of MALFORMED) {
    await ledger.expect("D1", what, expected, async () => {
      const one = await Attacker.open(ws);
      await one.greeted();
      const got = await one.answer(text);
      one.close();
      return got;
    });
  }
  for (const [what, text, binary, expected] of [
    ["a binary message", Buffer.from("{}"), true, "binary_frame"],
    ["what is not UTF-8", Buffer.from([0x22, 0xff, 0x22]), false, "bad_encoding"],
    ["a frame of 64 KiB and one byte", Buffer.alloc(65_537, 32), false, "frame_too_large"],
  ] as const) {
    await ledger.expect("D1", what, expected, async () => {
      const one = await Attacker.open(ws);
      await one.greeted();
      const got = await one.answer(text, binary);
      return got;
    });
  }
  await ledger.expect("D1", "a message before the hello", "4401", async () => {
    const one = await Attacker.dial(ws);
    if (typeof one === "number") return one;
    one.send({ type: "say", id: "s", text: "hello?" });
    return one.closed;
  });
  await ledger.expect("D1", "the neighbour meanwhile", "greet", async () => {
    const move = await neighbour.act({ act: "greet" });
    return typeof move === "string" ? move : move.act;
  });
  neighbour.close();
}

/** D2: sizes, pieces, compression. */
export async function sizes(ws: string, pid: number, ledger: Ledger): Promise<void> {
  const before = residentOf(pid);
  await ledger.judge("D2", "twenty messages of 64 KiB and one byte", "1009 each", async () => {
    const codes = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const one = await Attacker.open(ws);
        await one.greeted();
        one.socket.send("x".repeat(65_537));
        return one.closed;
      }),
    );
    return { got: [...new Set(codes)].join(), held: codes.every((code) => code === 1009) };
  });
  await ledger.expect("D2", "100,000 fragments of a byte", 1008, async () => {
    const socket = await raw(ws);
    const closed = closeCode(socket);
    for (let sent = 0; sent < 100 && !socket.destroyed; sent++) {
      const pieces = Array.from({ length: 1_000 }, (_, i) => piece(sent + i === 0 ? 1 : 0));
      if (!socket.write(Buffer.concat(pieces))) await new Promise((on) => setTimeout(on, 1));
    }
    return Promise.race([closed, sleep(10_000, "open still")]);
  });
  await ledger.expect("D2", "compression offered", "", async () => {
    const socket = new WebSocket(ws, "parley.v1", { perMessageDeflate: true });
    await new Promise((done) => socket.once("open", done));
    const { extensions } = socket;
    socket.terminate();
    return extensions;
  });
  await sleep(500);
  const grown = (residentOf(pid) - before) / 1_048_576;
  await ledger.judge("D2", "memory taken by all that", "< 50 MiB", async () => ({
    got: `${grown.toFixed(1)} MiB`,
    held: grown < 50,
  }));
}

/** D4: those who come and say nothing. */
export async function silent(ws: string, ledger: Ledger): Promise<void> {
  const within = async (seconds: number, ending: Promise<unknown>) => {
    const began = performance.now();
    const got = await Promise.race([ending, sleep(seconds * 1_000 + 500, "open still")]);
    return { got: `${got} in ${((performance.now() - began) / 1_000).toFixed(1)} s`, code: got };
  };
  await Promise.all([
    ledger.judge("D4", "a socket without a hello", "4408 within 10 s", async () => {
      const one = (await Attacker.dial(ws)) as Attacker;
      const { got, code } = await within(10, one.closed);
      return { got, held: code === 4408 };
    }),
    ledger.judge("D4", "a socket that only pings", "4408 within 10 s", async () => {
      const one = (await Attacker.dial(ws)) as Attacker;
      const timer = setInterval(() => one.socket.readyState === 1 && one.send({ type: "ping" }), 500);
      const { got, code } = await within(10, one.closed);
      clearInterval(timer);
      return { got, held: code === 4408 };
    }),
    ledger.judge("D4", "a TCP connection that asks for nothing whole", "ended within 13 s", async () => {
      const { hostname, port, host } = new URL(ws);
      const socket = connect(Number(port), hostname);
      socket.on("error", () => {});
      socket.resume();
      socket.write(`GET /v1/ws HTTP/1.1\r\nHost: ${host}\r\n`);
      const ended = new Promise((done) => socket.once("close", () => done("ended")));
      const { got, code } = await within(13, ended);
      return { got, held: code === "ended" };
    }),
    ledger.judge("D4", "a peer that answers no ping", "4411 within 60 s", async () => {
      const socket = await raw(ws);
      const closed = closeCode(socket);
      const hello = Buffer.from('{"type":"hello"}');
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | hello.length, 0, 0, 0, 0]), hello]));
      const { got, code } = await within(60, closed);
      return { got, held: code === 4411 };
    }),
  ]);
}

/** C4 and C5: what binds. */
export async function accepts(ws: string, url: string, ledger: Ledger): Promise<void> {
  const one = await Attacker.open(ws);
  const first = await offer(one, "HS-B1");
  const second = await offer(one, "HS-B1", 2);
  const tried = (what: string, expected: string, named: { id: string; hash: string }) =>
    ledger.expect("C4", what, expected, () => taken(one, named));
  await tried("an accept of an offer that was superseded", "offer_superseded", first);
  await tried("an accept with another offer's hash", "offer_hash_mismatch", { ...second, hash: first.hash });
  await tried("an accept without a hash", "offer_hash_mismatch", { ...second, hash: "" });
  await tried("an accept of no offer", "unknown_offer", { id: "of_none", hash: second.hash });
  const thief = await Attacker.open(ws);
  await thief.greeted();
  await ledger.expect("C4", "an accept of somebody else's offer", "foreign_offer", () =>
    taken(thief, second),
  );
  await tried("an accept of the offer that stands", "accepted", second);
  await tried("a second accept of it", "offer_already_accepted", second);
  await ledger.expect("C4", "somebody else's session without its secret", "unauthorized", async () => {
    const { session, epoch } = one.welcome;
    const other = await Attacker.open(ws, { resume: { session, epoch, seq: 0, secret: "x".repeat(32) } });
    return other.greeted();
  });
  await ledger.judge("C5", "50 orders above the threshold, decided by their buyer", "0 bound", async () => {
    const outcomes: string[] = [];
    for (let i = 0; i < 50; i++) {
      const buyer = await Attacker.open(ws);
      const dear = await offer(buyer, "CH-AM-BLK", 20);
      const move = await buyer.act({ act: "accept", offer: dear.id, hash: dear.hash, details: PO });
      const intent = typeof move === "string" ? null : move.intents[0];
      const decided = await buyer.answer(
        JSON.stringify({ type: "decide", id: "d", intent: intent?.id ?? "", verdict: "approve" }),
      );
      const { status } = await http(`${url}/v1/orders/${intent?.id}/decision`, { verdict: "approve" }, {});
      outcomes.push(`${intent?.status} ${intent?.jws ? "signed" : "unsigned"} ${decided} ${status}`);
      buyer.close();
    }
    const held = outcomes.every((one) => one === "approval_pending unsigned forbidden 401");
    return { got: [...new Set(outcomes)].join("; "), held };
  });
  one.close();
  thief.close();
}

const PO = {
  ship_to: { country: "US", name: "Kim", lines: ["1 Main St"], city: "Springfield", postal_code: "45501" },
  payer: { name: "Kim" },
};

/** A shaken WebSocket of bare TCP, which answers nothing by itself. */
async function raw(ws: string): Promise<Socket> {
  const { hostname, port, pathname, host } = new URL(ws);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  const key = randomBytes(16).toString("base64");
  const ask = [
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${key}`,
  ];
  socket.write(
    [`GET ${pathname} HTTP/1.1`, `Host: ${host}`, ...ask, "Sec-WebSocket-Protocol: parley.v1", "\r\n"].join(
      "\r\n",
    ),
  );
  await new Promise((done) => socket.once("data", done));
  return socket;
}

/** The code of the close frame that comes, or 1006. Frames of the server are not masked. */
function closeCode(socket: Socket): Promise<number> {
  let bytes = Buffer.alloc(0);
  return new Promise((done) => {
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk as Buffer]);
      for (;;) {
        const [head = 0, short = 0] = bytes;
        const start = short === 126 ? 4 : 2;
        const length = short === 126 ? (bytes.length < 4 ? 65_535 : bytes.readUInt16BE(2)) : short;
        if (bytes.length < 2 || bytes.length < start + length) return;
        if ((head & 15) === 8) {
          done(bytes.readUInt16BE(start));
          socket.destroy();
          return;
        }
        bytes = bytes.subarray(start + length);
      }
    });
    socket.once("close", () => done(1006));
  });
}

/** One fragment of one byte, never the last; `opcode` 1 begins a text. */
function piece(opcode: number): Buffer {
  return Buffer.from([opcode, 0x81, 0, 0, 0, 0, 0x20]);
}

/** Bytes a process has in memory. Linux only. */
export function residentOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4_096;
}
