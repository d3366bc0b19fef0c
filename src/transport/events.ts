import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import { faultFrame } from "../protocol/codec.ts";
import type { Gateway } from "../session/gateway.ts";
import type { Session } from "../session/session.ts";
import type { Watcher } from "../session/watcher.ts";
import { quiet } from "./quiet.ts";

const After = z.coerce.number().int().min(0);

/** Counts somebody as here until what it gives is called; calls `end` when it may be here no longer. */
type Stay = (end: () => void) => () => void;

/** The log of a session: a page as JSON, or everything from a point on as server-sent events (WHATWG HTML 9.2). */
export async function events(c: Context, gateway: Gateway, session: Session, stay: Stay): Promise<Response> {
  const { epoch } = gateway.house.store;
  if ((c.req.header("accept") ?? "").includes("text/event-stream")) {
    // Of a HEAD nobody reads the stream, so that nothing would ever end it.
    if (c.req.raw.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" });
    return sse(c, gateway, session, stay);
  }
  const after = After.safeParse(c.req.query("after") ?? 0);
  if (!after.success) throw new Fault("bad_frame", "after: a whole number, the last event you have");
  const page = await gateway.house.store.read(session.id, after.data, BOUNDS.page_events);
  const frames = page.map((item) => `{"type":"event","seq":${item.seq},"event":${item.json}}`);
  return c.body(
    `{"epoch":${JSON.stringify(epoch)},"seq":${session.state.seq},"events":[${frames.join(",")}]}`,
    200,
    {
      "content-type": "application/json",
    },
  );
}

function sse(c: Context, gateway: Gateway, session: Session, stay: Stay): Response {
  const { epoch } = gateway.house.store;
  const [hadEpoch = epoch, hadSeq = "0"] = (c.req.header("last-event-id") ?? "").split(":").filter(Boolean);
  const had = After.safeParse(hadSeq);
  const good = hadEpoch === epoch && had.success && had.data <= session.state.seq;
  const from = good ? had.data : 0;
  if (c.req.header("last-event-id"))
    gateway.house.meter.resume(good ? "resumed" : hadEpoch === epoch ? "seq_unknown" : "epoch_changed");

  let wake = () => {};
  let over = false;
  // Before anything is answered, so that a refusal is an answer of its own.
  const gone = stay(() => {
    over = true;
    wake();
  });

  return streamSSE(c, async (stream) => {
    const waiting: { seq: number; frame: string }[] = [];
    let ended: Fault | null = null;
    const watcher: Watcher = {
      streams: false,
      end: (fault) => {
        ended = fault;
        wake();
      },
      event: (seq, frame) => {
        waiting.push({ seq, frame });
        wake();
      },
      delta: () => {},
    };
    session.watch(watcher);
    const leave = () => session.unwatch(watcher);
    stream.onAbort(() => {
      leave();
      gone();
      wake();
    });
    try {
      if (!good) {
        const reason = hadEpoch === epoch ? "seq_unknown" : "epoch_changed";
        const data = JSON.stringify({
          type: "resume_failed",
          reason,
          session: session.id,
          epoch,
          seq: session.state.seq,
        });
        await stream.writeSSE({ event: "resume_failed", data });
      }
      let seq = await history(stream, gateway, session, from, epoch);
      while (!stream.aborted && !gateway.draining && !ended && !over) {
        const next = waiting.shift();
        if (next && next.seq > seq) {
          seq = next.seq;
          await stream.writeSSE({ id: `${epoch}:${seq}`, event: "event", data: next.frame });
        }
        if (waiting.length > BOUNDS.page_events) break;
        if (waiting.length === 0 && !over) {
          await quiet(stream, (resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      // Also where the log cannot be read: nobody may be watched for whom nothing is sent.
      leave();
      gone();
    }
    if (ended) await stream.writeSSE({ event: "fault", data: faultFrame(ended) });
  });
}

async function history(
  stream: SSEStreamingApi,
  gateway: Gateway,
  session: Session,
  from: number,
  epoch: string,
) {
  let seq = from;
  for (;;) {
    const page = await gateway.house.store.read(session.id, seq, BOUNDS.page_events);
    for (const item of page) {
      seq = item.seq;
      const data = `{"type":"event","seq":${seq},"event":${item.json}}`;
      await stream.writeSSE({ id: `${epoch}:${seq}`, event: "event", data });
    }
    if (page.length < BOUNDS.page_events) return seq;
  }
}
