import type { DatabaseSync } from "node:sqlite";

/** Small notes a database keeps about itself, such as the digest of what was last loaded. */
export function readStamp(db: DatabaseSync, key: string): string | null {
  return (db.prepare("SELECT value FROM meta WHERE key = ?").get(key)?.value as string | undefined) ?? null;
}

export function writeStamp(db: DatabaseSync, key: string, value: string): void {
  db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)").run(key, value);
}
