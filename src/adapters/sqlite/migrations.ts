import { knowledgeSchema } from "./schema.ts";
import { callsSchema, expirySchema, holdingsSchema, sessionsSchema } from "./sessions.ts";

export interface Migration {
  /** Counts from 1 without gaps; the file's `PRAGMA user_version` is the last one it has had. */
  readonly version: number;
  readonly sql: readonly string[];
}

/** Every step from an empty file to the current one, oldest first. A step that was ever released MUST NOT change. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: knowledgeSchema },
  { version: 2, sql: sessionsSchema },
  { version: 3, sql: callsSchema },
  { version: 4, sql: holdingsSchema },
  { version: 5, sql: expirySchema },
];
