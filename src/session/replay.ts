import { BOUNDS } from "../domain/bounds.ts";
import { NO_DRAWS } from "../domain/draws.ts";
import type { Event, Numbered } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { canonical } from "../domain/hash.ts";
import type { Found, LookupRecord } from "../domain/lookup.ts";
import type { Asked, Call, Question } from "../domain/question.ts";
import type { AnswerTo, QuestionName } from "../domain/questions/index.ts";
import { fold, initial, type State } from "../domain/state.ts";
import type { Search } from "../ports/search.ts";
import type { Signer } from "../ports/signer.ts";
import type { Store, TurnRecord } from "../ports/store.ts";
import type { Agent } from "../turn/agent.ts";
import { turn } from "../turn.ts";
import type { Policy } from "./house.ts";
import { onlyText } from "./speaking.ts";

export interface ReplayReport {
  readonly turns: number;
  readonly signatures: number;
  /** What came out otherwise, one line each; empty when every byte is the same. */
  readonly differences: readonly string[];
  /** Nothing is left to decide again. */
  readonly erased?: true;
}

/** What a replay reads; it writes nothing. */
export interface ReplaySources {
  readonly store: Store;
  readonly search: Search;
  readonly signer: Signer;
  /** Who read and worded with a model's help; what the model said then is in the log. */
  readonly agent: Agent | null;
  /** The vendor's files as they stood then, by digest, and the draws of that key; null when they are not kept. */
  readonly policy: (digest: string, draws: number) => Promise<Policy | null>;
}

/**
 * Walks every turn of a stored session again: the same message, state and instant, look-ups answered from the versions
 * the log names. The events must come out with the same canonical bytes, signatures aside; those are verified, and
 * must be over the very terms decided now.
 */
export async function replay(session: string, sources: ReplaySources): Promise<ReplayReport> {
  if ((await sources.store.receipt(session)) !== null)
    return { turns: 0, signatures: 0, differences: [], erased: true };
  const log = await logOf(session, sources.store);
  const first = log[0]?.event;
  if (first?.kind !== "opened")
    throw new Fault("unknown_session", `there is no conversation ${session} here`);
  const calls = await sources.store.calls(session);
  const records = new Map((await sources.store.turns(session)).map((record) => [record.message, record]));
  const differences: string[] = [];
  let signatures = 0;
  let state: State = initial(first, 1);
  for (const numbered of log.slice(1)) {
    const record = records.get(numbered.seq);
    if (record) {
      const asked = calls.filter(({ message }) => message === record.message).map(({ call }) => call);
      const decided = [...records.values()].filter(({ reply }) => reply < record.reply);
      const outcome = await again(session, state, decided, log, { ...record, calls: asked }, sources);
      differences.push(...outcome.differences);
      signatures += outcome.signatures;
    }
    if (numbered.event.kind === "order" && numbered.event.by === "operator" && numbered.event.intent.jws) {
      signatures += 1;
      if ((await sources.signer.verify(numbered.event.intent.jws)) === null) {
        differences.push(`event ${numbered.seq}: the signature does not verify`);
      }
    }
    state = fold(state, numbered);
  }
  return { turns: records.size, signatures, differences };
}

async function again(
  session: string,
  state: State,
  decided: readonly TurnRecord[],
  log: readonly Numbered[],
  record: TurnRecord & { readonly calls: readonly Call[] },
  sources: ReplaySources,
): Promise<{ differences: string[]; signatures: number }> {
  const { signer } = sources;
  const differences: string[] = [];
  const heard = log[record.message - 1]?.event;
  const replied = log[record.reply - 1]?.event;
  if (heard?.kind !== "message" || replied?.kind !== "reply") {
    return {
      differences: [`event ${record.message}: the log does not hold the turn it should`],
      signatures: 0,
    };
  }
  const lookups = [...record.lookups];
  const calls = [...record.calls];
  let signatures = 0;
  const policy = await sources.policy(record.policy, record.draws ?? NO_DRAWS.key);
  if (!policy) {
    const why = `the vendor's files of digest ${record.policy} are not in the store`;
    return { differences: [`event ${record.reply}: ${why}`], signatures: 0 };
  }
  const streams = replied.words === undefined;
  // A turn that asked no model is the same without one.
  const agent = record.calls.length > 0 ? sources.agent : null;
  const context = { session, state, decided, at: record.now, ...policy, streams, agent };
  const spoken = log.find(({ event }) => event.kind === "words" && event.of === record.reply);
  try {
    await turn(heard.message, context, {
      find: (lookup) => recall(canonical(lookup), lookups, sources.search),
      sign: async (payload) => {
        const stored = replied.move.intents.find((intent) => intent.jws)?.jws ?? "";
        signatures += 1;
        if ((await signer.verify(stored)) !== payload) {
          differences.push(`event ${record.reply}: the stored signature is not over these terms`);
        }
        return stored;
      },
      commit: async (step) => {
        const start = step.turn ? record.message : (spoken?.seq ?? 0);
        for (const [i, event] of step.events.entries()) differences.push(...compare(event, start + i, log));
        return "appended";
      },
      ask: async (question) => asAsked(calls.shift(), question),
      attended: async () => (replied.move.handoff === undefined ? null : replied.move.handoff === "waiting"),
      speak: async () => ({
        cut: new AbortController().signal,
        say: () => {},
        end: async (words) => {
          const said = spoken?.event;
          if (said?.kind !== "words") return { words, interrupted: false };
          const heard = words.text.slice(0, said.words.text.length);
          const hushed = said.interrupted && said.words.speech === "";
          const whole = hushed
            ? onlyText(words, heard)
            : said.interrupted
              ? { ...words, text: heard }
              : words;
          return { words: whole, interrupted: said.interrupted, ...(said.lost ? { lost: true } : {}) };
        },
      }),
    });
  } catch (error) {
    differences.push(`event ${record.reply}: deciding again failed: ${String(error)}`);
  }
  return { differences, signatures };
}

/** What the log says became of a question; one that was never asked then gets no answer, as when the process ended. */
function asAsked<N extends QuestionName>(call: Call | undefined, { prompt }: Question<N>): Asked<N> {
  if (call && call.prompt !== prompt)
    throw new Fault("not_found", `the log holds an answer to ${call.prompt} where ${prompt} is asked`);
  const answer = call?.answer as AnswerTo<N> | undefined;
  if (call?.outcome === "answered" && answer !== undefined) return { ok: true, answer, call };
  const why = call && call.outcome !== "answered" ? call.outcome : "missing";
  return { ok: false, why, partial: answer ?? null, call: call ?? NEVER };
}

const NEVER: Call = {
  ...{ prompt: "", version: 0, hash: "", inputs: "", model: "", outcome: "missing" },
  ...{ requests: 0, repaired: false, tokens: null, micro_usd: null, ms: 0 },
};

function compare(event: Event, seq: number, log: readonly Numbered[]): string[] {
  const stored = log[seq - 1]?.event;
  const remade: unknown = JSON.parse(JSON.stringify(event));
  if (stored && canonical(stored) === canonical(remade)) return [];
  return [`event ${seq} (${event.kind}) came out otherwise at ${firstDifference(stored, remade, "")}`];
}

/** Where two JSON values part, and what stands there: stored, then remade. */
function firstDifference(a: unknown, b: unknown, path: string): string {
  if (typeof a === "object" && typeof b === "object" && a && b) {
    const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      if (JSON.stringify(left[key]) !== JSON.stringify(right[key])) {
        return firstDifference(left[key], right[key], `${path}/${key}`);
      }
    }
  }
  return `${path || "/"}: ${shown(a)}, now ${shown(b)}`;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 120);
}

/** Answers a look-up from the log; asking for anything the turn did not ask then is a difference in itself. */
async function recall(wanted: string, lookups: LookupRecord[], search: Search): Promise<Found> {
  const at = lookups.findIndex((record) => canonical(record.lookup) === wanted);
  const [record] = at < 0 ? [] : lookups.splice(at, 1);
  if (!record) throw new Fault("not_found", `the log holds no such look-up: ${wanted.slice(0, 200)}`);
  const versions = await search.recall(record.refs.map(([id, version]) => [id, version] as const));
  const entries = versions.map((item, i) => ({ ...item, live: record.refs[i]?.[2] ?? item.live }));
  const { lookup, stock, partial, relaxed, tally, used } = record;
  return {
    ...{ lookup, entries, stock, partial },
    ...(relaxed === undefined ? {} : { relaxed }),
    ...(tally === undefined ? {} : { tally }),
    ...(used === undefined ? {} : { used }),
  };
}

/** A session's whole log, page by page. */
export async function logOf(session: string, store: Store): Promise<Numbered[]> {
  const log: Numbered[] = [];
  for (;;) {
    const page = await store.read(session, log.length, BOUNDS.page_events);
    for (const { seq, json } of page) log.push({ seq, event: JSON.parse(json) as Event });
    if (page.length < BOUNDS.page_events) return log;
  }
}
