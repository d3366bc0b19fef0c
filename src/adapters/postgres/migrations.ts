import { schema } from "./schema.ts";
import { claimsSchema, hindsightSchema, receiptsSchema, sessionsSchema, staffingSchema } from "./sessions.ts";

/** Every step from an empty database to the current one, oldest first. A step that was ever released MUST NOT change. */
export const migrations: readonly { readonly version: number; readonly sql: string }[] = [
  { version: 1, sql: schema },
  { version: 2, sql: sessionsSchema },
  { version: 3, sql: receiptsSchema },
  { version: 4, sql: claimsSchema },
  { version: 5, sql: staffingSchema },
  { version: 6, sql: hindsightSchema },
];
