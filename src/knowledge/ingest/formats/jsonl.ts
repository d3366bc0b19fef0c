import type { BadRow, Format, Reader, Row } from "../source.ts";

/** One JSON object a line (JSON Lines, NDJSON). */
export const jsonl: Format = { name: "JSON Lines", extensions: [".jsonl", ".ndjson"], open };

function open(): Reader {
  let pending = "";
  let number = 0;

  function rows(text: string, last: boolean): (Row | BadRow)[] {
    const lines = (pending + text).split("\n");
    pending = last ? "" : (lines.pop() ?? "");
    const found: (Row | BadRow)[] = [];
    for (const one of lines) {
      number += 1;
      if (one.trim() !== "") found.push(rowOf(one, number));
    }
    return found;
  }

  return { push: (text) => rows(text, false), end: () => rows("", true) };
}

function rowOf(text: string, line: number): Row | BadRow {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { line, value };
    return { line, problem: 'is no JSON object; each line needs one, like {"id": "A-1", ...}' };
  } catch (cause) {
    return { line, problem: `is not JSON (${cause instanceof Error ? cause.message : "unreadable"})` };
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
