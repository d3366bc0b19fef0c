import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { dial, frameIn } from "./frames.ts";
import { serve } from "./gateway.ts";
import { percentile, rounded } from "./statistics.ts";
import { type Back, resumed } from "./storm-log.ts";

const SESSIONS = 20;
const MISSED = 300;
const A_SECOND = 10;
const SECONDS = 30;

/**
 * Ten a second, at even times whatever the last one took, from the first byte of the connection to the last of 300 missed
 * events, over gateways in turn; beside them a bare server that sends as many bytes in as many messages to whoever comes.
 */
export async function resumes(urls: readonly string[]) {
  const sessions = await Promise.all(
    Array.from({ length: SESSIONS }, (_, n) => longSession(urls[n % urls.length] ?? "")),
  );
  let bytes = 0;
  let wrong = 0;
  const took = await evenly(async (n) => {
    const at = sessions[n % sessions.length] as Back;
    const log = await resumed(urls[n % urls.length] ?? "", { ...at, seq: at.seq - MISSED }, (count) => {
      bytes += count;
    });
    if (log.length !== MISSED || log.some(({ seq }, i) => seq !== at.seq - MISSED + 1 + i)) wrong += 1;
  });
  const each = Math.round(bytes / (took.length * MISSED));
  const bare = await serve(join(import.meta.dirname, "storm-bare.ts"), [String(MISSED), String(each)]);
  const mirrored = await evenly(() => greeted(bare.ws));
  await bare.stop();
  return {
    figures: {
      resumes: took.length,
      missed: MISSED,
      event_bytes: each,
      resume_p50_ms: rounded(percentile(took, 50)),
      resume_p99_ms: rounded(percentile(took, 99)),
      bare_p50_ms: rounded(percentile(mirrored, 50)),
      bare_p99_ms: rounded(percentile(mirrored, 99)),
    },
    failures: wrong > 0 ? [`${wrong} resumes without all that was missed, once and in order`] : [],
  };
}

/** Milliseconds from when each was due to its end. */
async function evenly(work: (n: number) => Promise<void>): Promise<number[]> {
  const began = performance.now();
  return Promise.all(
    Array.from({ length: A_SECOND * SECONDS }, async (_, n) => {
      const due = began + (n * 1_000) / A_SECOND;
      await sleep(Math.max(0, due - performance.now()));
      await work(n);
      return performance.now() - due;
    }),
  );
}

/** A session with more than `MISSED` events behind its first. */
function longSession(url: string): Promise<Back> {
  return new Promise((done, failed) => {
    const socket = dial(url);
    let back: Back | null = null;
    let said = 0;
    const say = () => {
      said += 1;
      socket.send(JSON.stringify({ type: "say", id: `m${said}`, act: ASKED[said % ASKED.length] }));
    };
    socket.once("open", () => socket.send(JSON.stringify({ type: "hello", channel: "agent" })));
    socket.on("message", (data) => {
      const frame = frameIn(data);
      if (frame.type === "fault") failed(new Error(`${frame.code}: ${frame.message}`));
      if (frame.type === "welcome") {
        const { session, secret = "", epoch, seq } = frame;
        back = { session, secret, epoch, seq };
        say();
      }
      if (frame.type !== "event" || !back) return;
      if (frame.seq <= MISSED) return say();
      socket.close();
      done({ ...back, seq: frame.seq });
    });
    socket.once("error", failed);
  });
}

/** Replies of different sizes: a card, a comparison, a greeting. */
const ASKED = [
  { act: "ask", item: { sku: "CH-PC" }, topic: "warranty" },
  { act: "greet" },
  { act: "compare", items: [{ sku: "CH-PC" }, { sku: "CH-TS" }] },
  { act: "search", query: "desk lamp" },
];

function greeted(url: string): Promise<void> {
  return new Promise((done, failed) => {
    const socket = new WebSocket(url);
    let heard = 0;
    socket.once("open", () => socket.send(JSON.stringify({ type: "hello" })));
    socket.on("message", (data) => {
      JSON.parse(String(data));
      heard += 1;
      if (heard < MISSED) return;
      socket.close();
      done();
    });
    socket.once("error", failed);
  });
}
