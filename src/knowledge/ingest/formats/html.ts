import type { BadRow, Format, Reader, Row } from "../source.ts";
import { isObject } from "./jsonl.ts";
import { whole } from "./whole.ts";

/** A shop's page: its schema.org blocks, `<script type="application/ld+json">`, are the rows. */
export const html: Format = { name: "HTML with schema.org JSON-LD", extensions: [".html", ".htm"], open };

const MAX_CHARS = 20_000_000;
const BLOCK = /<script\b[^>]*\btype\s*=\s*["']?application\/ld\+json["']?[^>]*>([\s\S]*?)<\/script/gi;

function open(): Reader {
  return whole(MAX_CHARS, "is too large for a page", rowsOf);
}

function rowsOf(page: string): (Row | BadRow)[] {
  const found: (Row | BadRow)[] = [];
  for (const match of page.matchAll(BLOCK)) found.push(...block(match[1] ?? "", lineAt(page, match.index)));
  if (found.length > 0) return found;
  return [{ problem: 'has no <script type="application/ld+json"> block to read products from' }];
}

function block(text: string, line: number): (Row | BadRow)[] {
  try {
    const value: unknown = JSON.parse(
      text.replace(/^\s*(?:<!--|\/\*<!\[CDATA\[\*\/)|(?:-->|\/\*\]\]>\*\/)\s*$/g, ""),
    );
    return (Array.isArray(value) ? value : [value]).filter(isObject).map((one) => ({ line, value: one }));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "unreadable";
    return [{ line, problem: `the JSON-LD block that begins here is not JSON (${why})` }];
  }
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
