import type { z } from "zod";
import type { Call } from "../../domain/question.ts";
import type { Reasons } from "../../domain/reasons.ts";
import type { DraftResult, InboxState, Row, StaffNote, StaffSeq, TakenResult } from "../../protocol/staff.ts";

/** Ways to sign in. */
export type Way = "token" | "oidc";

/** Where a conversation may stand, what wants a person first. */
export const STATES = [
  "needs_person",
  "needs_approval",
  "with_person",
  "agent",
  "closed",
] as const satisfies readonly InboxState[];
export type Speaker = NonNullable<Row["last"]>["by"];

/** A lease, the place of what was done in the log, a note to the agent, its draft: what requests are answered with. */
export type Taken = z.infer<typeof TakenResult>;
export type Place = z.infer<typeof StaffSeq>;
export type Note = z.infer<typeof StaffNote>;
export type Draft = z.infer<typeof DraftResult>;

export interface StaffFrame {
  readonly type: "staff";
  readonly n: number;
  readonly concerns: number;
  readonly record: { readonly at: string; readonly policy: string; readonly reasons: Reasons };
}
export interface CallFrame {
  readonly type: "staff_call";
  readonly concerns: number;
  readonly call: Call;
}
/** What somebody of the staff told the agent. */
export interface NoteFrame {
  readonly type: "staff_note";
  readonly note: Note;
}
/** Who held the conversation when it was entered. */
export interface LeaseFrame {
  readonly type: "staff_lease";
  readonly lease: number;
  readonly operator: string;
  readonly until: string;
}
