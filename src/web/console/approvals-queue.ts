import { computed, signal } from "@preact/signals";
import type { Approval, DecisionsResult } from "../../protocol/bodies.ts";
import type { ParleyFault } from "../../protocol/codes.ts";
import * as api from "./api.ts";
import { asFault } from "./request.ts";
import { waitingApprovals } from "./waiting.ts";
import { t } from "./words.ts";

/** What became of an order that waited here, shown in its place. */
export interface Outcome {
  readonly ok: boolean;
  readonly text: string;
}

export const queue = signal<readonly Approval[] | null>(null);
export const fault = signal<ParleyFault | null>(null);
export const outcomes = signal<ReadonlyMap<string, Outcome>>(new Map());
export const chosen = signal<ReadonlySet<string>>(new Set());
/** Those chosen that can still be decided. */
export const decidable = computed(() =>
  [...chosen.value].filter((intent) => !outcomes.value.get(intent)?.ok),
);

const EVERY_MS = 15_000;

/** Every order that waits; what was decided here meanwhile stays until the page is left. */
export async function load(): Promise<void> {
  try {
    const waiting: Approval[] = [];
    for (let after: string | null = null; ; ) {
      const { approvals, next } = await api.approvals({ after });
      waiting.push(...approvals);
      if (next === null) break;
      after = next;
    }
    const ids = new Set(waiting.map(({ intent }) => intent.id));
    const decided = (queue.value ?? []).filter(
      ({ intent }) => !ids.has(intent.id) && outcomes.value.has(intent.id),
    );
    queue.value = [...waiting, ...decided].sort((a, b) =>
      a.intent.expires_at < b.intent.expires_at ? -1 : 1,
    );
    waitingApprovals.value = waiting.length;
    fault.value = null;
  } catch (error) {
    fault.value = asFault(error);
  }
}

/** Looks again now and then until what it gives is called. */
export function keepLoading(): () => void {
  void load();
  const timer = setInterval(() => void load(), EVERY_MS);
  return () => {
    clearInterval(timer);
    outcomes.value = new Map();
    chosen.value = new Set();
    queue.value = null;
  };
}

export function choose(intent: string, is: boolean): void {
  const changed = new Set(chosen.value);
  if (is) changed.add(intent);
  else changed.delete(intent);
  chosen.value = changed;
}

export async function decide(intent: string, verdict: Verdict, note?: string): Promise<boolean> {
  try {
    const { decided_by } = await api.decide(intent, verdict, note);
    became(intent, done(verdict, decided_by));
    return true;
  } catch (error) {
    became(intent, { ok: false, text: asFault(error).message });
    return false;
  } finally {
    void load();
  }
}

/** Each by itself: one that is refused says so in its own place. */
export async function decideChosen(verdict: Verdict, note?: string): Promise<void> {
  const intents = decidable.value;
  try {
    const asked = intents.map((intent) => ({ intent, verdict, ...(note ? { note } : {}) }));
    for (const result of (await api.decideAll(asked)).results)
      became(result.intent, outcomeOf(result, verdict));
    chosen.value = new Set();
    fault.value = null;
  } catch (error) {
    fault.value = asFault(error);
  }
  void load();
}

/** Staff's own offer in the order's place. Throws the fault that refused it. */
export async function counter(intent: string, body: object): Promise<void> {
  await api.counter(intent, body);
  became(intent, { ok: true, text: t("approvals.countered") });
  void load();
}

type Verdict = "approve" | "decline";

function outcomeOf(result: DecisionsResult["results"][number], verdict: Verdict): Outcome {
  return "fault" in result ? { ok: false, text: result.fault.message } : done(verdict, result.decided_by);
}

function done(verdict: Verdict, by: string): Outcome {
  return { ok: true, text: t(verdict === "approve" ? "approvals.approved" : "approvals.declined", { by }) };
}

function became(intent: string, outcome: Outcome): void {
  outcomes.value = new Map(outcomes.value).set(intent, outcome);
}
