import type { Call } from "../domain/question.ts";
import type { Lease, Note } from "../ports/staffing.ts";
import type { Store, TurnRecord } from "../ports/store.ts";

/** What one connection of staff was shown, so that what came while the past was being read is not shown twice. */
export class Shown {
  readonly #send: (frame: string) => void;
  #turns = 0;
  #calls = 0;
  readonly #notes = new Set<string>();

  constructor(send: (frame: string) => void) {
    this.#send = send;
  }

  turn(n: number, record: TurnRecord): void {
    if (n > this.#turns) this.#send(staffFrame(n, record));
    this.#turns = Math.max(n, this.#turns);
  }

  call(n: number, message: number, call: Call): void {
    if (n > this.#calls) this.#send(callFrame(message, call));
    this.#calls = Math.max(n, this.#calls);
  }

  note(note: Note): void {
    if (!this.#notes.has(note.id)) this.#send(noteFrame(note));
    this.#notes.add(note.id);
  }

  /** All there is by now. */
  async past(store: Pick<Store, "turns" | "calls" | "notes" | "held">, session: string): Promise<void> {
    const [turns, calls] = await Promise.all([store.turns(session), store.calls(session)]);
    const [notes, lease] = await Promise.all([store.notes(session), store.held(session)]);
    for (const one of missed(turns, calls)) {
      if ("turn" in one) this.turn(one.n, one.turn);
      else this.call(one.n, one.message, one.call);
    }
    for (const note of notes) this.note(note);
    if (lease?.operator) this.#send(leaseFrame(lease));
  }
}

/**
 * Frames for vendor staff: the one place where reasons and limits leave the core, and only to staff. `n` numbers the
 * staff events of a session on its own; `concerns` is the public event they belong to.
 */
function staffFrame(n: number, record: TurnRecord): string {
  const { reply, reasons, policy, now, lookups } = record;
  return JSON.stringify({ type: "staff", n, concerns: reply, record: { at: now, policy, reasons, lookups } });
}

/** A question put to a model for the turn of event `concerns`: prompt, model, tokens, cost, time, and what came back. */
function callFrame(concerns: number, call: Call): string {
  return JSON.stringify({ type: "staff_call", concerns, call });
}

/** What somebody of the staff told the agent. */
function noteFrame(note: Note): string {
  return JSON.stringify({ type: "staff_note", note });
}

/** Who holds the conversation, and until when unless it is renewed: as it stood when it was entered. */
function leaseFrame({ seq, operator, until }: Lease): string {
  return JSON.stringify({ type: "staff_lease", lease: seq, operator, until });
}

/** What staff missed, in the order it came: every turn, and after it the questions put for it. */
function* missed(
  turns: readonly TurnRecord[],
  calls: readonly { readonly message: number; readonly call: Call }[],
): Generator<{ readonly n: number; readonly turn: TurnRecord } | Put> {
  const put = calls.map((one, i): Put => ({ n: i + 1, ...one }));
  for (const [i, turn] of turns.entries()) {
    yield { n: i + 1, turn };
    yield* put.filter(({ message }) => message === turn.message);
  }
}

interface Put {
  readonly n: number;
  readonly message: number;
  readonly call: Call;
}
