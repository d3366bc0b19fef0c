import type { Entry } from "../../domain/entry.ts";
import { Fault } from "../../domain/fault.ts";
import { canonical, digest } from "../../domain/hash.ts";

/** The line number is left out: a file that gained a line at the top has not changed everything below it. */
export function versionOf(entry: Entry): string {
  const { line: _line, ...source } = entry.source;
  return digest(canonical({ ...entry, source }));
}

/** False for the same entry once more; two that differ under one id would replace each other at every load. */
export function isFirst(
  seen: Map<string, string>,
  { entry, version }: { entry: Entry; version: string },
): boolean {
  const before = seen.get(entry.id);
  if (before === undefined) {
    seen.set(entry.id, version);
    return true;
  }
  if (before === version) return false;
  const { name, line } = entry.source;
  throw new Fault("bad_source", `${entry.id} stands there twice with different contents`, {
    detail: { source: name, ...(line === undefined ? {} : { line }) },
  });
}
