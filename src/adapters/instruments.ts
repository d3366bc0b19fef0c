import type { Registry } from "prom-client";
import { Channel } from "../domain/party.ts";
import type { Counts } from "../ports/census.ts";
import type { Meter } from "../session/house.ts";
import type { Group } from "./groups.ts";

/** What is asked of the process whenever somebody looks. */
export interface Watched {
  /** Bytes that peers have not taken yet, over all sockets. */
  buffered(): number;
  /** Sessions in memory. */
  sessions(): number;
  /** What stands open in the store, and the instant it was counted at. */
  census(): Promise<{ readonly counts: Counts; readonly now: string }>;
}

/** What is counted besides a session's own events. Every label is one of a list that stands in the source. */
export interface Instruments
  extends Pick<
    Meter,
    "turn" | "ack" | "queued" | "peers" | "resume" | "reconnect" | "refused" | "droppedDelta"
  > {
  append(outcome: string, seconds: number): void;
  search(kind: string, seconds: number, partial: boolean): void;
  group(group: Group): void;
  /** Reads the gauges anew. */
  look(watched: Watched): Promise<void>;
}

const SECONDS = {
  /** From an answer out of memory to a deadline of the walk. */
  turn: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  search: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5],
  /** From a drive that lies over one that does not to one that is failing. */
  disk: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
} as const;

export function instrumentsOf(library: typeof import("prom-client"), registry: Registry): Instruments {
  const made = makersOf(library, registry);
  const turns = made.counter("turns", "Messages worked on, by channel and outcome.", ["channel", "outcome"]);
  const turn = made.seconds("turn", "From message to durable reply, words included.", SECONDS.turn, [
    "channel",
  ]);
  const ack = made.seconds("ack", "From message to its acknowledgement, on disk.", SECONDS.turn, ["channel"]);
  const append = made.seconds("append", "From asking for an append to its outcome.", SECONDS.disk, [
    "outcome",
  ]);
  const commit = made.seconds("store_commit", "A group's COMMIT, its fsync included.", SECONDS.disk);
  const writes = made.histogram(
    "store_group_writes",
    "Writes that shared one COMMIT.",
    [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  );
  const search = made.seconds("search", "Look-ups, by kind.", SECONDS.search, ["kind"]);
  const partial = made.counter("search_partials", "Look-ups ended by their deadline.", ["kind"]);
  const queued = made.gauge("queued_messages", "Messages that wait for their session's turn.");
  const peers = made.gauge("peers", "Connections that are in a session, by tier.", ["tier"]);
  const resumes = made.counter("resumes", "Sessions resumed, by outcome.", ["outcome"]);
  const reconnects = made.counter("reconnects_told", "Peers told to connect again.");
  const refused = made.counter("refusals", "Connections refused at the door, by code.", ["code"]);
  const dropped = made.counter("dropped_deltas", "Deltas that slow readers were spared.");
  // A series that begins with its first event hides that event from rate() and increase().
  for (const channel of Channel.options)
    for (const outcome of ["replied", "repeated", "refused", "failed"]) turns.inc({ channel, outcome }, 0);
  for (const outcome of ["resumed", "epoch_changed", "seq_unknown"]) resumes.inc({ outcome }, 0);
  for (const outcome of ["appended", "fenced", "stale", "status", "short", "spent", "failed"])
    append.zero({ outcome });
  return {
    turn: ({ channel, outcome, seconds }) => {
      turns.inc({ channel, outcome });
      if (outcome === "replied") turn.observe({ channel }, seconds);
    },
    ack: (channel, seconds) => ack.observe({ channel }, seconds),
    append: (outcome, seconds) => append.observe({ outcome }, seconds),
    group: (group) => {
      commit.observe(group.seconds);
      writes.observe(group.writes);
    },
    search: (kind, seconds, late) => {
      search.observe({ kind }, seconds);
      if (late) partial.inc({ kind });
    },
    queued: (change) => queued.inc(change),
    peers: (tier, change) => peers.inc({ tier }, change),
    resume: (outcome) => resumes.inc({ outcome }),
    reconnect: () => reconnects.inc(),
    refused: (code) => refused.inc({ code }),
    droppedDelta: () => dropped.inc(),
    look: lookingOf(made),
  };
}

type Makers = ReturnType<typeof makersOf>;

function makersOf({ Counter, Gauge, Histogram }: typeof import("prom-client"), registry: Registry) {
  const registers = [registry];
  const histogram = (
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly string[] = [],
  ) => new Histogram({ name: `parley_${name}`, help, buckets: [...buckets], labelNames, registers });
  return {
    histogram,
    seconds: (name: string, ...rest: [string, readonly number[], (readonly string[])?]) =>
      histogram(`${name}_seconds`, ...rest),
    counter: (name: string, help: string, labelNames: readonly string[] = []) =>
      new Counter({ name: `parley_${name}_total`, help, labelNames, registers }),
    gauge: (name: string, help: string, labelNames: readonly string[] = []) =>
      new Gauge({ name: `parley_${name}`, help, labelNames, registers }),
  };
}

/** Gauges of what stands open. All nodes of one store say the same of it. */
function lookingOf({ gauge }: Makers): Instruments["look"] {
  const buffered = gauge("buffered_bytes", "Bytes that peers have not taken yet.");
  const sessions = gauge("sessions", "Sessions in memory.");
  const readable = gauge("store_readable", "1 when the store could be read for the numbers below, else 0.");
  const orders = gauge("open_orders", "Orders that somebody has yet to answer, by status.", ["status"]);
  const expires = gauge(
    "open_orders_expire_seconds",
    "Until the first of these orders expires unanswered; absent without any.",
    ["status"],
  );
  const holds = gauge("holds", "Products held for sessions.");
  const outbox = gauge("outbox_items", "Deliveries: due, later after one that failed, dead.", ["state"]);
  const age = gauge(
    "outbox_oldest_due_seconds",
    "For how long the oldest delivery has been due; 0 without any.",
  );
  return async (watched) => {
    buffered.set(watched.buffered());
    sessions.set(watched.sessions());
    const seen = await watched.census().catch(() => null);
    readable.set(seen ? 1 : 0);
    for (const one of [orders, expires, holds, outbox, age]) one.reset();
    if (!seen) return;
    const { counts, now } = seen;
    const until = (at: string) => (Date.parse(at) - Date.parse(now)) / 1_000;
    for (const status of ["pending", "approval_pending"] as const) {
      orders.set({ status }, counts[status].count);
      const at = counts[status].expires_at;
      if (at !== null) expires.set({ status }, until(at));
    }
    holds.set(counts.holds);
    const { oldest } = counts.outbox;
    for (const state of ["due", "later", "dead"] as const) outbox.set({ state }, counts.outbox[state]);
    age.set(oldest === null ? 0 : Math.max(0, -until(oldest)));
  };
}
