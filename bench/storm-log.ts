import type { Event } from "../src/domain/event.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";
import { dial } from "./frames.ts";

/** What it takes to come back to a session, and from where. */
export interface Back {
  readonly session: string;
  readonly secret: string;
  readonly epoch: string;
  readonly seq: number;
}

/** Resumes from `seq` and reads up to the end of the log as the welcome tells it; `bytes` is called for each frame. */
export function resumed(
  url: string,
  back: Back,
  bytes: (count: number) => void = () => {},
): Promise<{ seq: number; event: Event }[]> {
  return new Promise((done, failed) => {
    const socket = dial(url);
    const log: { seq: number; event: Event }[] = [];
    let last = Number.POSITIVE_INFINITY;
    socket.once("open", () => socket.send(JSON.stringify({ type: "hello", resume: back })));
    socket.on("message", (data) => {
      const text = String(data);
      const frame = JSON.parse(text) as ServerFrame;
      if (frame.type === "fault" || frame.type === "resume_failed") failed(new Error(text.slice(0, 300)));
      if (frame.type === "welcome") last = frame.seq;
      if (frame.type === "event") {
        bytes(text.length);
        log.push({ seq: frame.seq, event: frame.event as Event });
      }
      if ((log.at(-1)?.seq ?? back.seq) < last) return;
      socket.close();
      done(log);
    });
    socket.once("error", failed);
    socket.once("close", () => failed(new Error("closed before the end of the log")));
  });
}

/** A whole log. */
export function logOver(url: string, back: Back) {
  return resumed(url, { ...back, seq: 0 });
}
