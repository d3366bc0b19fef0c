import { type Signal, signal } from "@preact/signals";
import type { Numbered } from "../../domain/event.ts";
import { ParleyFault } from "../../protocol/codes.ts";
import type { ServerFrame } from "../../protocol/frames.ts";
import { type LinkState, openLink } from "../../protocol/link.ts";
import * as api from "./api.ts";
import type { CallFrame, LeaseFrame, NoteFrame, StaffFrame } from "./contract.ts";
import * as lease from "./lease.ts";
import { me } from "./session.ts";

/** One conversation as staff see it, as it goes on. */
export interface Talk {
  readonly log: Signal<readonly Numbered[]>;
  /** Reasons of turns, by the number of their reply. */
  readonly turns: Signal<ReadonlyMap<number, StaffFrame["record"]>>;
  readonly calls: Signal<readonly CallFrame[]>;
  /** What staff whispered to the agent. */
  readonly notes: Signal<readonly NoteFrame["note"][]>;
  /** The words that are being made for the reply to event `re`. */
  readonly forming: Signal<{ readonly re: number; readonly text: string } | null>;
  readonly link: Signal<LinkState>;
  /** Why there is nothing to see, for good. */
  readonly fault: Signal<ParleyFault | null>;
  leave(): void;
}

/** Watches a session over the WebSocket by the console's cookie; after a cut its log is read again and nothing shown twice. */
export function watch(session: string, role: "operator" | "observer"): Talk {
  const talk = {
    log: signal<readonly Numbered[]>([]),
    turns: signal<ReadonlyMap<number, StaffFrame["record"]>>(new Map()),
    calls: signal<readonly CallFrame[]>([]),
    notes: signal<readonly NoteFrame["note"][]>([]),
    forming: signal<{ re: number; text: string } | null>(null),
    link: signal<LinkState>("connecting"),
    fault: signal<ParleyFault | null>(null),
  };
  const link = openLink({
    url: `${location.origin.replace(/^http/, "ws")}/v1/ws`,
    WebSocket,
    attempts: Number.POSITIVE_INFINITY,
    hello: async () => {
      talk.calls.value = [];
      talk.notes.value = [];
      return { type: "hello", role, session, stream: true };
    },
    frame: (frame) => heard(frame as Frame),
    state: (state) => {
      talk.link.value = state;
    },
    over: (fault) => {
      if (fault.code === "unauthorized") void api.me().catch(() => {});
      else talk.fault.value ??= fault;
    },
  });
  const heard = (frame: Frame) => {
    if (frame.type === "welcome") link.settled(frame.bounds.heartbeat_ms);
    else if (frame.type === "event") add(talk, frame);
    else if (frame.type === "delta") form(talk, frame);
    else if (frame.type === "staff_call") talk.calls.value = [...talk.calls.value, frame];
    else if (frame.type === "staff") reason(talk, frame);
    else if (frame.type === "staff_note") talk.notes.value = [...talk.notes.value, frame.note];
    else if (frame.type === "staff_lease" && frame.operator === me.value?.principal)
      lease.resume(session, frame.lease, frame.until);
    else if (frame.type === "reconnect") link.leaveAfter(frame.after_ms);
    else if (frame.type === "fault" && !frame.retry) {
      const { code, message, retry, detail } = frame;
      link.fail(new ParleyFault(code, message, retry, detail));
    }
  };
  return { ...talk, leave: () => link.close() };
}

type Frame = ServerFrame | StaffFrame | CallFrame | NoteFrame | LeaseFrame;
type Open = Omit<Talk, "leave">;

function add({ log, forming }: Open, { seq, event }: Numbered): void {
  const before = log.value.at(-1)?.seq ?? 0;
  if (seq <= before) return;
  log.value = [...log.value, { seq, event }];
  if (event.kind !== "message") forming.value = null;
}

function form({ forming }: Open, { re, text }: { re: number; text: string }): void {
  const before = forming.value?.re === re ? forming.value.text : "";
  forming.value = { re, text: before + text };
}

function reason({ turns }: Open, { concerns, record }: StaffFrame): void {
  turns.value = new Map(turns.value).set(concerns, record);
}
