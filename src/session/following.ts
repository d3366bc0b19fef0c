import type { Fault } from "../domain/fault.ts";
import type { Call } from "../domain/question.ts";
import type { Note } from "../ports/staffing.ts";
import type { TurnRecord } from "../ports/store.ts";
import { Shown } from "./staff.ts";
import type { Watcher } from "./watcher.ts";

/** Who is told what happens in a session. */
export interface Told {
  tell(text: string): void;
  /** What may be left out for a slow reader. */
  spare(text: string): void;
  end(fault: Fault): void;
}

/**
 * One connection as its session sees it: what happens while history is being read waits until that is told, so that nothing
 * is lost or doubled between. A class with few fields, since there is one for each idle connection.
 */
export class Following implements Watcher {
  readonly streams: boolean;
  protected readonly told: Told;
  #waiting: (() => void)[] | null = [];

  constructor(told: Told, streams: boolean) {
    this.told = told;
    this.streams = streams;
  }

  /** History is told: what waited is, and from here on everything at once. */
  live(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const tell of waiting) tell();
  }

  protected inOrder(tell: () => void): void {
    if (this.#waiting) this.#waiting.push(tell);
    else tell();
  }

  event(_seq: number, frame: string, own: string | null): void {
    const text = own === null ? frame : `{"type":"ack","id":${JSON.stringify(own)},"seq":${_seq}}`;
    this.inOrder(() => this.told.tell(text));
  }

  delta(re: number, n: number, text: string): void {
    if (!this.#waiting) this.told.spare(JSON.stringify({ type: "delta", re, n, text }));
  }

  filler(id: string, speech: string): void {
    if (!this.#waiting) this.told.tell(JSON.stringify({ type: "filler", id, speech }));
  }

  end(fault: Fault): void {
    this.told.end(fault);
  }
}

/** The same for staff. What came while history was being read stands in both, and is told once. */
export class StaffFollowing extends Following {
  readonly #shown = new Shown((frame) => this.told.tell(frame));

  staff(n: number, record: TurnRecord): void {
    this.inOrder(() => this.#shown.turn(n, record));
  }

  call(n: number, message: number, call: Call): void {
    this.inOrder(() => this.#shown.call(n, message, call));
  }

  note(note: Note): void {
    this.inOrder(() => this.#shown.note(note));
  }

  /** Tells all there is by now. */
  past(...of: Parameters<Shown["past"]>): Promise<void> {
    return this.#shown.past(...of);
  }
}
