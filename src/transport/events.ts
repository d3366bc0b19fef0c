import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Gateway } from "../session/gateway.ts";
import type { Session } from "../session/session.ts";

const After = z.coerce.number().int().min(0);

/** The log of a session: a page as JSON, or everything from a point on as server-sent events (WHATWG HTML 9.2). */
export async function events(c: Context, gateway: Gateway, session: Session): Promise<Response> {
  const { epoch } = gateway.house.store;
  if ((c.req.header("accept") ?? "").includes("text/event-stream")) return sse(c, gateway, session);
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

function sse(c: Context, gateway: Gateway, session: Session): Response {
  const { epoch } = gateway.house.store;
  const [hadEpoch = epoch, hadSeq = "0"] = (c.req.header("last-event-id") ?? "").split(":").filter(Boolean);
  const had = After.safeParse(hadSeq);
  const good = hadEpoch === epoch && had.success && had.data <= session.state.seq;
  const from = good ? had.data : 0;

  return streamSSE(c, async (stream) => {
    const waiting: { seq: number; frame: string }[] = [];
    let wake = () => {};
    const leave = session.watch({
      streams: false,
      event: (seq, frame) => {
        waiting.push({ seq, frame });
        wake();
      },
      delta: () => {},
    });
    stream.onAbort(() => {
      leave();
      wake();
    });
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
    while (!stream.aborted && !gateway.draining) {
      const next = waiting.shift();
      if (next && next.seq > seq) {
        seq = next.seq;
        await stream.writeSSE({ id: `${epoch}:${seq}`, event: "event", data: next.frame });
      }
      if (waiting.length > BOUNDS.page_events) break;
      if (waiting.length === 0) {
        await idle(stream, (resolve) => {
          wake = resolve;
        });
      }
    }
    leave();
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

/** Waits for the next event; a comment now and then keeps proxies from closing a quiet stream. */
async function idle(stream: SSEStreamingApi, onWake: (resolve: () => void) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const woken = await Promise.race([
    new Promise<true>((resolve) => onWake(() => resolve(true))),
    new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), BOUNDS.heartbeat_ms);
    }),
  ]);
  clearTimeout(timer);
  if (!woken) await stream.write(": still here\n\n");
}
