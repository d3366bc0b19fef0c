import { setTimeout as sleep } from "node:timers/promises";
import { Attacker } from "./abuse-wire.ts";

/**
 * A process of its own: one who talks, and many who hear it; they read for a while, and then no more, until all of them were
 * closed. Arguments: the gateway's address, how many, for how many milliseconds they read. Tells its parent when it comes
 * to what, and in the end how each was closed and what those who come back are given.
 */
const [ws = "", count = "", reading = ""] = process.argv.slice(2);
const PATIENCE_MS = 60_000;
/** What was on its way is read to its end first. */
const READ_OUT_MS = 30_000;
const BACK = 3;
const tell = (said: object) => process.send?.(said);

const writer = await Attacker.open(ws);
await writer.greeted();
const { session, secret, epoch } = writer.welcome;
const readers = await Promise.all(
  Array.from({ length: Number(count) }, () =>
    Attacker.open(ws, { resume: { session, secret, epoch, seq: 0 } }),
  ),
);
await Promise.all(readers.map((one) => one.greeted()));

let over = false;
let last = 0;
const question = "x".repeat(3_500);
const speaking = (async () => {
  for (let i = 0; !over; i++) {
    for (let n = 0; n < 4; n++) writer.send({ type: "say", id: `s${i}-${n}`, act: { act: "ask", question } });
    for (let heard = 0; heard < 4 && !over; ) {
      await sleep(2);
      for (const frame of writer.frames.splice(0)) {
        if (frame.type === "event") last = Math.max(last, Number(frame.seq));
        const { kind } = (frame.event ?? {}) as { kind?: string };
        if (kind === "reply" || frame.type === "fault") heard += 1;
      }
    }
  }
})();

tell({ phase: "reading" });
await sleep(Number(reading));
for (const one of readers) one.socket.pause();
tell({ phase: "paused" });
await new Promise<void>((done) => {
  process.on("message", () => done());
  setTimeout(done, PATIENCE_MS).unref();
});
over = true;
await speaking;
const codes = Promise.all(readers.map((one) => one.closed));
for (const one of readers) one.socket.resume();
const closed: number[] = [];
for (const one of readers) void one.closed.then((code) => closed.push(code));
await Promise.race([codes, sleep(READ_OUT_MS)]);

/** Numbers that somebody has read, without those it reads twice. */
const numbers = ({ frames }: Attacker) =>
  frames.flatMap(({ type, seq }) => (type === "event" ? [Number(seq)] : []));
const back = await Promise.all(
  readers.slice(0, BACK).map(async (one) => {
    const read = numbers(one).at(-1) ?? 0;
    const again = await Attacker.open(ws, { resume: { session, secret, epoch, seq: read } });
    if ((await again.greeted()) !== "welcome") return "refused";
    await again.until(({ type, seq }) => type === "event" && Number(seq) >= last, 0, 15_000);
    const missed = numbers(again);
    const whole = missed.every((seq, i) => seq === read + 1 + i) && missed.length >= last - read;
    return whole ? "whole" : `${missed.length} events from ${missed[0]}, ${last - read} missed after ${read}`;
  }),
);
tell({ phase: "over", codes: closed, back, events: last });
process.exit(0);
