import type { Fault } from "../domain/fault.ts";
import type { Call } from "../domain/question.ts";
import type { Note } from "../ports/staffing.ts";
import type { TurnRecord } from "../ports/store.ts";
import type { Stored } from "./seen.ts";
import type { Watcher } from "./watcher.ts";

/** Everybody on this node who watches one session. */
export class Audience {
  /** Mostly one, in thousands of idle sessions: a set would be larger. */
  #watchers: readonly Watcher[] = NOBODY;

  get empty(): boolean {
    return this.#watchers.length === 0;
  }

  has(watcher: Watcher): boolean {
    return this.#watchers.includes(watcher);
  }

  /** Somebody wants deltas. */
  get streams(): boolean {
    for (const watcher of this.#watchers) if (watcher.streams) return true;
    return false;
  }

  /** Somebody is told what only staff may know. */
  get staff(): boolean {
    for (const watcher of this.#watchers) if (watcher.staff) return true;
    return false;
  }

  join(watcher: Watcher): void {
    this.#watchers = [...this.#watchers, watcher];
  }

  leave(watcher: Watcher): void {
    const rest = this.#watchers.filter((other) => other !== watcher);
    this.#watchers = rest.length === 0 ? NOBODY : rest;
  }

  /** `from` sent the message that this is, where it is one. */
  event({ seq, event, json }: Stored, from: Watcher | null): void {
    const frame = `{"type":"event","seq":${seq},"event":${json}}`;
    for (const watcher of this.#watchers) {
      watcher.event(seq, frame, event.kind === "message" && watcher === from ? event.message.id : null);
    }
  }

  /** Nothing more comes here. */
  end(fault: Fault): void {
    for (const watcher of this.#watchers) watcher.end?.(fault);
  }

  delta(re: number, n: number, piece: string): void {
    for (const watcher of this.#watchers) if (watcher.streams) watcher.delta(re, n, piece);
  }

  filler(id: string, speech: string): void {
    for (const watcher of this.#watchers) watcher.filler?.(id, speech);
  }

  turn(n: number, record: TurnRecord): void {
    for (const watcher of this.#watchers) watcher.staff?.(n, record);
  }

  note(note: Note): void {
    for (const watcher of this.#watchers) watcher.note?.(note);
  }

  call(n: number, message: number, call: Call): void {
    for (const watcher of this.#watchers) watcher.call?.(n, message, call);
  }
}

const NOBODY: readonly Watcher[] = [];
