import { z } from "zod";

/**
 * Who answers the counterpart from here on. `waiting`: a person was asked for, and the agent goes on meanwhile. `person`: one
 * of the vendor's staff has the conversation, and the agent is silent. `callback`: nobody is there, and the vendor gets back
 * to them.
 */
export const HandoffTo = z.enum(["waiting", "person", "agent", "callback"]);
export type HandoffTo = z.infer<typeof HandoffTo>;

export const HandoffWhy = z.enum([
  "asked",
  "unsure",
  "operator",
  "handed_back",
  /** Whoever had it was not heard of any more. */
  "lease_ended",
  "nobody_there",
  /** Somebody was there, and nobody took the conversation in time. */
  "nobody_came",
  "resolved",
]);
export type HandoffWhy = z.infer<typeof HandoffWhy>;

/** Longest name of a member of staff, as it is shown to counterparts. */
export const STAFF_NAME = z.string().trim().min(1).max(60);

/** Who answers, as the log says it. */
export interface Answering {
  readonly to: HandoffTo;
  readonly why: HandoffWhy | null;
  /** The event that made it so: of a person, the number of its lease. 0 before the first. */
  readonly seq: number;
  readonly at: string;
  /** Of the person. */
  readonly name: string | null;
  /** The counterpart has said how it can be reached. */
  readonly contact: boolean;
}

export const AGENT_ANSWERS: Answering = {
  to: "agent",
  why: null,
  seq: 0,
  at: "",
  name: null,
  contact: false,
};
