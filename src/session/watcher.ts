import type { Fault } from "../domain/fault.ts";
import type { Call } from "../domain/question.ts";
import type { Note } from "../ports/staffing.ts";
import type { TurnRecord } from "../ports/store.ts";

/** Somebody who watches a session. Frames are finished text, made once for all watchers. */
export interface Watcher {
  /** Event `seq`; `own` is the id of the watcher's message it is, when it is the watcher's own. */
  event(seq: number, frame: string, own: string | null): void;
  delta(re: number, n: number, text: string): void;
  /** Something to say on a voice channel while the answer to its message `id` is being made. */
  filler?(id: string, speech: string): void;
  /** The staff side of the turn that ended in event `reply`, for staff only. */
  staff?(n: number, turn: TurnRecord): void;
  /** The `n`th question put to a model in this session, for the turn of event `message`; for staff only. */
  call?(n: number, message: number, call: Call): void;
  /** What staff told the agent, for staff only. */
  note?(note: Note): void;
  /** Nothing more comes, and why: the session is not for anybody any more. */
  end?(fault: Fault): void;
  /** Wants deltas. */
  readonly streams: boolean;
}
