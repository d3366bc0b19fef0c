import type { Event, Numbered } from "../src/domain/event.ts";
import type { ServerFrame } from "../src/protocol/frames.ts";

/** What one conversation's wire and log show of who spoke when; it shares no code with the gateway but the types. */
export interface Judged {
  /** Deltas, replies or words of the agent's behind the event that gave the conversation to a person. */
  readonly agent_words_after_takeover: number;
  /** Words before a takeover, of which more is in the log than was heard. */
  readonly words_never_heard: number;
  /** Handoffs without words in the session's language, or that the buyer was not told of, or messages nobody answers. */
  readonly silent_handoffs: number;
  /** Handoffs that change nothing. */
  readonly loops: number;
  /** Staff's words without holding the conversation. */
  readonly strangers: number;
  readonly fell: Readonly<Record<Fell, number>>;
}

/** Where a takeover fell. */
export type Fell = "before_reply" | "between_commits" | "mid_stream" | "at_rest";

/** `frames` in the order they came on the buyer's own socket; `whole` is false where it was told by another node. */
export function judged(
  frames: readonly ServerFrame[],
  log: readonly Numbered[],
  lang: "en" | "ko",
  took: ReadonlyMap<number, string>,
): Judged {
  const heard = heardOn(frames);
  const told = new Set(frames.flatMap((frame) => (frame.type === "event" ? [frame.seq] : [])));
  const fell: Record<Fell, number> = { before_reply: 0, between_commits: 0, mid_stream: 0, at_rest: 0 };
  let [after, never, silent, loops, strangers] = [wireAfter(frames), 0, 0, 0, 0];
  let to = "agent";
  let holder: string | null = null;
  const open = new Set<number>();
  for (const [i, { seq, event }] of log.entries()) {
    if (to === "person" && speaks(event)) after += 1;
    if (event.kind === "message" && to !== "person") open.add(seq);
    if (event.kind === "reply") open.delete(event.re);
    const next = log[i + 1]?.event;
    if (event.kind === "words" && next?.kind === "handoff" && next.to === "person")
      if (!(heard.get(event.of) ?? "").startsWith(event.words.text)) never += 1;
    if (event.kind === "said" && (to !== "person" || event.name !== holder)) strangers += 1;
    if (event.kind !== "handoff") continue;
    if (!inLang(event.words.text.replace(event.name ?? "", ""), lang) || !told.has(seq)) silent += 1;
    if (event.to === to) loops += 1;
    if (event.to === "person") {
      fell[fellAt(log[i - 1]?.event)] += 1;
      // The person sees what was asked and answers it.
      open.clear();
      if (took.get(seq) !== event.name) strangers += 1;
    }
    to = event.to;
    holder = event.to === "person" ? (event.name ?? null) : null;
  }
  return {
    ...{ agent_words_after_takeover: after, words_never_heard: never, loops, strangers, fell },
    silent_handoffs: silent + open.size,
  };
}

function speaks(event: Event): boolean {
  return event.kind === "reply" || event.kind === "words";
}

/** What of the agent's came on the wire behind the event that gave the conversation to a person. */
function wireAfter(frames: readonly ServerFrame[]): number {
  let person = false;
  let count = 0;
  for (const frame of frames) {
    if (person && (frame.type === "delta" || frame.type === "filler")) count += 1;
    if (frame.type !== "event") continue;
    if (person && speaks(frame.event)) count += 1;
    if (frame.event.kind === "handoff") person = frame.event.to === "person";
  }
  return count;
}

/** What was streamed of each reply. */
function heardOn(frames: readonly ServerFrame[]): Map<number, string> {
  const heard = new Map<number, string>();
  for (const frame of frames)
    if (frame.type === "delta") heard.set(frame.re + 1, (heard.get(frame.re + 1) ?? "") + frame.text);
  return heard;
}

function fellAt(before: Event | undefined): Fell {
  if (before?.kind === "message") return "before_reply";
  if (before?.kind !== "words" || !before.interrupted) return "at_rest";
  return before.words.text === "" ? "between_commits" : "mid_stream";
}

function inLang(text: string, lang: "en" | "ko"): boolean {
  return text.trim() !== "" && /[가-힣]/.test(text) === (lang === "ko");
}
