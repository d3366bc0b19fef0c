import type { BadRow, Format, Reader, Row } from "../source.ts";
import { isObject } from "./jsonl.ts";
import { whole } from "./whole.ts";

/** A whole JSON document: a list of rows, an object that holds such a list, or one schema.org document. */
export const json: Format = { name: "JSON", extensions: [".json", ".jsonld"], open };

/** Longer documents do not fit memory well: JSON Lines has no such bound. */
const MAX_CHARS = 200_000_000;

/** Names under which documents keep their list of rows. */
const LISTS = [
  "products",
  "items",
  "data",
  "entries",
  "rows",
  "reviews",
  "answers",
  "faqs",
  "policies",
  "sections",
];

function open(): Reader {
  return whole(MAX_CHARS, "is too large for one JSON document; write it as JSON Lines (.jsonl)", rowsOf);
}

function rowsOf(text: string): (Row | BadRow)[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    return [{ problem: `is not JSON (${cause instanceof Error ? cause.message : "unreadable"})` }];
  }
  if (Array.isArray(document)) return listed(document, elementLines(text, 1));
  if (!isObject(document)) return [{ problem: "holds no list of objects" }];
  if ("@context" in document || "@graph" in document || "@type" in document)
    return [{ line: 1, value: document }];
  for (const name of LISTS) {
    const list = document[name];
    if (Array.isArray(list)) return listed(list, elementLines(text, 2, name));
  }
  const values = Object.values(document);
  // A map from id to record: the records are the rows.
  if (values.length > 0 && values.every(isObject)) return listed(values, elementLines(text, 1));
  return [{ line: 1, value: document }];
}

function listed(list: readonly unknown[], lines: readonly number[]): (Row | BadRow)[] {
  return list.map((value, index) => {
    const line = lines[index];
    const at = line === undefined ? {} : { line };
    return isObject(value) ? { ...at, value } : { ...at, problem: `element ${index + 1} is no object` };
  });
}

/**
 * The line each value begins on that lies `depth` brackets deep in a valid JSON text: directly inside the root, or
 * (depth 2) inside the root's member `name`. JSON.parse tells no positions.
 */
function elementLines(text: string, depth: number, name?: string): number[] {
  const lines: number[] = [];
  let level = 0;
  let line = 1;
  let member = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 10) line += 1;
    else if (char === 34) {
      const end = stringEnd(text, at);
      if (level === 1) member = text.slice(at + 1, end);
      at = end;
    } else if (char === 123 || char === 91) {
      if (level === depth && (name === undefined || member === name)) lines.push(line);
      level += 1;
    } else if (char === 125 || char === 93) level -= 1;
  }
  return lines;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
  return at;
}
