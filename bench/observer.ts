import type { ServerFrame } from "../src/protocol/frames.ts";
import { dial, frameIn } from "./frames.ts";

interface StaffFrame {
  readonly type: "staff";
  readonly concerns: number;
  readonly record: { readonly reasons: { readonly candidates: number } };
}

/**
 * How many offers the gateway weighed in each turn that answered a proposal of these sessions, as its staff can see
 * it: one observer's connection, one session after another.
 */
export async function candidatesSeen(
  url: string,
  key: string,
  sessions: readonly string[],
): Promise<number[]> {
  const seen: number[] = [];
  for (const session of sessions) seen.push(...(await ofSession(url, key, session)));
  return seen;
}

function ofSession(url: string, key: string, session: string): Promise<number[]> {
  const socket = dial(url);
  const proposals = new Set<number>();
  const answers = new Set<number>();
  const weighed: number[] = [];
  let last = -1;
  let replies = 0;
  let staff = 0;
  return new Promise((resolve, reject) => {
    const hear = (frame: ServerFrame | StaffFrame) => {
      if (frame.type === "fault") reject(new Error(`${frame.code}: ${frame.message}`));
      if (frame.type === "welcome") last = frame.seq;
      if (frame.type === "event") {
        const { seq, event } = frame;
        if (event.kind === "message" && event.message.act?.act === "propose") proposals.add(seq);
        if (event.kind === "reply") replies += 1;
        if (event.kind === "reply" && proposals.has(event.re)) answers.add(seq);
        if (seq === last && replies === 0) socket.close();
      }
      if (frame.type !== "staff") return;
      staff += 1;
      if (answers.has(frame.concerns)) weighed.push(frame.record.reasons.candidates);
      if (staff === replies) socket.close();
    };
    socket.on("open", () => socket.send(JSON.stringify({ type: "hello", role: "observer", key, session })));
    socket.on("message", (data) => hear(frameIn(data) as ServerFrame | StaffFrame));
    socket.on("close", () => resolve(weighed));
    socket.on("error", reject);
  });
}
