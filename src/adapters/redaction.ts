import { withoutCards } from "../domain/card.ts";

/**
 * The fields of a log line as they may be written, wherever they come from: the one place that stands between what went
 * wrong and a log file. Whoever logs MUST NOT give it secrets or a counterpart's words in the first place; but causes are
 * other people's sentences. Takes out what such fields are named by, and of every text what looks like a secret, a card
 * number or an address for mail.
 */
export function redacted(fields: Record<string, unknown>): Record<string, unknown> {
  return walk(fields, 0) as Record<string, unknown>;
}

const REDACTED = "[redacted]";

/** Names of fields that hold a secret, or what somebody said. */
const NAMED =
  /^(?:.*_)?(?:secret|token|password|authorization|cookie|key|text|words|speech|body|payload|jws|email|phone|address|ship_to|payer|name)$/i;

/** What texts lose, each with what stands there then. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:staff|recv|whsec)_[\w+/=-]{8,}/g, REDACTED],
  [/\b(?:sk|pk|rk)[-_][\w-]{12,}/g, REDACTED],
  // JSON Web Signatures and Tokens.
  [/\beyJ[\w-]+\.[\w-]*\.?[\w-]*/g, REDACTED],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  [/(:\/\/)[^\s/@]+@/g, `$1${REDACTED}@`],
  [/[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu, REDACTED],
];

const DEEPEST = 6;
const LONGEST = 2_000;

function walk(value: unknown, depth: number): unknown {
  if (typeof value === "string") return clean(value);
  if (value instanceof Error) return clean(String(value));
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) return "[deeper]";
  if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      NAMED.test(name) && item !== null ? REDACTED : walk(item, depth + 1),
    ]),
  );
}

function clean(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return PATTERNS.reduce((said, [what, instead]) => said.replace(what, instead), withoutCards(short));
}
