/** Whole phrases that open or end a message, and what each does. */
export const TAGS = [
  "greet",
  "thank",
  "help",
  "leave",
  "handoff",
  "yes",
  "take",
  "no",
  "defer",
  "withdraw",
  "nothing",
] as const;
export type Tag = (typeof TAGS)[number];

/** Signs inside a clause: each says one thing about it, none of them is the whole message. */
export const CUES = [
  "person",
  "attack",
  "foreign",
  "condition",
  "negated",
  "final",
  "lower",
  "discount",
  "half",
  "middle",
  "unit",
  "total",
  "asking",
  "buy",
  "remove",
  "compare",
  "which",
  "find",
  "have",
  "question",
  "status",
  "cancel",
  "withdraw",
  "dear",
  "add",
  "again",
] as const;
export type Cue = (typeof CUES)[number];

/** One language's words: regular-expression sources, spaces written plainly. */
export interface Words {
  readonly tags: Readonly<Record<Tag, readonly string[]>>;
  readonly cues: Readonly<Record<Cue, readonly string[]>>;
  readonly topics: Readonly<Record<string, readonly string[]>>;
  readonly refs: Readonly<Record<string, readonly string[]>>;
  readonly colours: Readonly<Record<string, string>>;
  /** Never part of a product's name. */
  readonly stop: readonly string[];
}
