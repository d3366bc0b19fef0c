import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { FAULTS } from "../../src/domain/fault.ts";
import { type OpenGateway, openGateway } from "../harness.ts";
import { dataSet } from "./data-set.ts";
import { closing, frame, OP, type RawFrame, RawSocket } from "./raw-socket.ts";

const Payload = z.strictObject({ hex: z.string().optional(), size: z.int().optional() });
const Raw = Payload.extend({
  opcode: z.int(),
  payload: z.string().optional(),
  fin: z.boolean().optional(),
  rsv: z.int().optional(),
  masked: z.boolean().optional(),
});
const Ask = z.strictObject({
  ask: z.string(),
  bytes: z.int().optional(),
  pieces: z.int().optional(),
  binary: z.boolean().optional(),
});
const Close = z.strictObject({ close: z.int(), reason: z.string().optional() });
const Chop = z.union([z.literal(["all", "frames"]), z.int()]);

/** One row of the checklist; its fields are explained at the head of the file. */
const Row = z.strictObject({
  cases: z.array(z.string()),
  about: z.string(),
  chops: z.array(Chop).default(["all"]),
  send: z.array(z.union([Ask, Close, Raw])).default([]),
  /** Close codes, each sent on a socket of its own. */
  each: z.array(z.int()).optional(),
  expect: z.strictObject({
    answers: z.array(z.string()).default([]),
    pongs: z.array(z.union([z.string(), Payload])).default([]),
    faults: z.array(z.string()).default([]),
    close: z.union([z.int(), z.array(z.int()), z.literal("same")]).default(1000),
  }),
});
type Row = z.infer<typeof Row>;

const text = readFileSync(resolve(import.meta.dirname, "../../fixtures/frames/autobahn.yaml"), "utf8");
const rows = z.array(Row).parse(parse(text));

let gateway: OpenGateway;
beforeAll(async () => {
  gateway = await openGateway({ PARLEY_MESSAGES_PER_MINUTE: "600000" });
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

describe("frames on the wire", () => {
  for (const row of rows) {
    const plays = row.each
      ? row.each.map((code) => ({
          name: `, ${code}`,
          chop: "all" as const,
          row: { ...row, send: [{ close: code }] },
          close: row.expect.close === "same" ? code : row.expect.close,
        }))
      : row.chops.map((chop) => ({
          name: chop === "all" ? "" : `, in chops of ${chop}`,
          chop,
          row,
          close: row.expect.close,
        }));
    for (const { name, chop, row: played, close } of plays) {
      it(`${row.cases.join(" ")}: ${row.about}${name}`, () => play(played, chop, [close].flat()));
    }
  }
});

describe("the checklist", () => {
  const { path, skipped } = dataSet("ws-fuzz/autobahn_cases.jsonl");

  it("names no case twice", () => {
    const named = rows.flatMap(({ cases }) => cases);
    expect(new Set(named).size).toBe(named.length);
  });

  it.skipIf(skipped)("covers every case of the list", () => {
    const known = readFileSync(path, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => String((JSON.parse(line) as { case: string }).case));
    expect(rows.flatMap(({ cases }) => cases).sort()).toEqual(known.sort());
  });
});

async function play(
  row: Row,
  chop: z.infer<typeof Chop>,
  codes: readonly (number | "same")[],
): Promise<void> {
  const socket = await RawSocket.open(gateway.ws);
  const frames = row.send.flatMap(bytesOf);
  const ends = frames.length > 0 && codes.length === 1 && codes[0] === 1000 && !closes(row);
  if (ends) frames.push(frame(OP.close, closing(1000)));
  if (chop === "frames") for (const one of frames) await socket.write(one);
  else await socket.write(frames, chop === "all" ? undefined : chop);
  const code = await socket.closed;
  expect(codes).toContain(code);
  const ending = row.send.some((one) => "close" in one && one.close === code) ? [] : endingWith(code);
  for (const fault of ending) expect(reasonOf(socket.frames)).toBe(fault);
  const data = socket.frames.filter(({ opcode }) => opcode === OP.text);
  const said = data.map(
    ({ payload }) => JSON.parse(String(payload)) as { type: string; id: string; code: string },
  );
  const pongs = socket.frames.flatMap(({ opcode, payload }) => (opcode === OP.pong ? [payload] : []));
  expect(said.flatMap(({ type, id }) => (type === "pong" ? [id] : []))).toEqual(row.expect.answers);
  expect(said.flatMap(({ type, code }) => (type === "fault" ? [code] : []))).toEqual([
    ...row.expect.faults,
    ...ending,
  ]);
  expect(pongs.map((payload) => payload.toString("hex"))).toEqual(
    row.expect.pongs.map((payload) =>
      payloadOf(typeof payload === "string" ? { payload } : payload).toString("hex"),
    ),
  );
}

/** The fault that ends a connection with this code, which no close of the client's has. */
function endingWith(code: number): string[] {
  return Object.entries(FAULTS).flatMap(([name, { close }]) => (close === code ? [name] : []));
}

function reasonOf(frames: readonly RawFrame[]): string {
  const last = frames.find(({ opcode }) => opcode === OP.close);
  return String(last?.payload.subarray(2) ?? "");
}

function closes({ send }: Row): boolean {
  return send.some((one) => "close" in one || ("opcode" in one && one.opcode === OP.close));
}

function bytesOf(one: Row["send"][number]): Buffer[] {
  if ("close" in one) return [frame(OP.close, closing(one.close, one.reason))];
  if ("opcode" in one) {
    const { opcode, fin = true, rsv = 0, masked = true } = one;
    return [frame(opcode, payloadOf(one), { fin, rsv, masked })];
  }
  const { ask, bytes = 0, pieces = 1, binary = false } = one;
  const json = Buffer.from(JSON.stringify({ type: "ping", id: ask }));
  const whole = Buffer.concat([json, Buffer.alloc(Math.max(0, bytes - json.length), 0x20)]);
  const size = Math.ceil(whole.length / pieces);
  const first = binary ? OP.binary : OP.text;
  return Array.from({ length: pieces }, (_, i) =>
    frame(i === 0 ? first : OP.continuation, whole.subarray(i * size, (i + 1) * size), {
      fin: i === pieces - 1,
    }),
  );
}

function payloadOf({ payload, hex, size }: Partial<z.infer<typeof Raw>>): Buffer {
  if (hex !== undefined) return Buffer.from(hex, "hex");
  return size === undefined ? Buffer.from(payload ?? "") : Buffer.alloc(size, 0x2a);
}
