import { vectorsSchema } from "../vectors/schema.ts";
import { knowledgeSchema, priceOrderSchema } from "./schema.ts";
import { segmentsSchema } from "./segments.ts";
import {
  callsSchema,
  claimsSchema,
  expirySchema,
  hindsightSchema,
  holdingsSchema,
  nodesSchema,
  receiptsSchema,
  sessionsSchema,
  sinksSchema,
} from "./sessions.ts";
import { staffingSchema } from "./staffing.ts";

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
  { version: 6, sql: vectorsSchema },
  { version: 7, sql: [...segmentsSchema, ...priceOrderSchema] },
  { version: 8, sql: nodesSchema },
  { version: 9, sql: sinksSchema },
  { version: 10, sql: receiptsSchema },
  { version: 11, sql: claimsSchema },
  { version: 12, sql: staffingSchema },
  { version: 13, sql: hindsightSchema },
];
