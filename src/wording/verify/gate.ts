import { fold, needlesOf } from "./needles.ts";

/**
 * Whether a pattern may match somewhere in a text. False is certain; true is not. Most patterns match in hardly any
 * text, and one pass over it finds those that may. Sound for a part of the text too, and for a text with characters
 * blanked out.
 */
export function may(pattern: RegExp, text: string): boolean {
  const gate = GATES.get(pattern) ?? enter(pattern);
  return gate === OPEN || traceOf(text).open[gate] === 1;
}

/** All matches, as `matchAll` has them. */
export function allOf(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  return may(pattern, text) ? [...text.matchAll(pattern)] : NONE;
}

/** `test` of the whole text, whatever the pattern's flags; it leaves no place for the next search to begin at. */
export function matches(pattern: RegExp, text: string): boolean {
  if (!may(pattern, text)) return false;
  pattern.lastIndex = 0;
  const found = pattern.test(text);
  pattern.lastIndex = 0;
  return found;
}

/**
 * A text with every match of some patterns replaced, as one pattern with all of them as its alternatives, in their
 * order, would find them. They are global ones.
 */
export function replaceAny(patterns: readonly RegExp[], text: string, by: (found: string) => string): string {
  const next = patterns.filter((pattern) => may(pattern, text)).map((pattern) => ({ pattern, match: FROM }));
  let out = "";
  let at = 0;
  let copied = 0;
  for (;;) {
    let first: RegExpExecArray | null = null;
    for (const each of next) {
      if (each.match !== null && each.match.index < at) {
        each.pattern.lastIndex = at;
        each.match = each.pattern.exec(text);
      }
      if (each.match !== null && (first === null || each.match.index < first.index)) first = each.match;
    }
    if (first === null) break;
    const end = first.index + first[0].length;
    out += text.slice(copied, first.index) + by(first[0]);
    copied = end;
    at = Math.max(end, first.index + 1);
  }
  return out + text.slice(copied);
}

/** Before any match. */
const FROM: RegExpExecArray | null = Object.assign([""] as [string], { index: -1, input: "" });

const NONE: readonly RegExpExecArray[] = [];

/** A string that opens a gate; its codes are folded. */
interface Needle {
  readonly codes: readonly number[];
  readonly gate: number;
}

/** Patterns of this program, each with its number. They are constants: there are as many as the code writes. */
const GATES = new WeakMap<RegExp, number>();
/** A pattern that nothing can be told of. */
const OPEN = -1;
let gates = 0;

/** Needles by a hash of their first one, two or three codes. */
const SIZE = 4_096;
const FIRST: readonly (Needle[] | undefined)[][] = [[], [], []].map(() => Array(SIZE).fill(undefined));

function enter(pattern: RegExp): number {
  const needles = needlesOf(pattern);
  const gate = needles === null ? OPEN : gates++;
  for (const needle of new Set(needles ?? [])) {
    const codes = [...needle].map((char) => char.charCodeAt(0));
    const table = FIRST[Math.min(3, codes.length) - 1];
    const hash = hashOf(codes[0] ?? 0, codes[1] ?? 0, codes[2] ?? 0);
    if (table !== undefined) table[hash] = [...(table[hash] ?? []), { codes, gate }];
  }
  GATES.set(pattern, gate);
  return gate;
}

function hashOf(a: number, b: number, c: number): number {
  return (a * 419 + b * 8_581 + c * 31) & (SIZE - 1);
}

/** Which gates a text opens, of those that were entered when it was read. */
interface Trace {
  readonly text: string;
  readonly gates: number;
  readonly open: Uint8Array;
}

/** The texts last asked about: one check asks of few texts many times. */
const TRACES: Trace[] = [];
const TRACES_MAX = 6;
let oldest = 0;

function traceOf(text: string): Trace {
  for (const trace of TRACES) if (trace.gates === gates && trace.text === text) return trace;
  const trace = { text, gates, open: opened(text) };
  TRACES[oldest] = trace;
  oldest = (oldest + 1) % TRACES_MAX;
  return trace;
}

function opened(text: string): Uint8Array {
  const open = new Uint8Array(gates);
  const codes = new Uint16Array(text.length + 2);
  for (let i = 0; i < text.length; i++) codes[i] = folds(text.charCodeAt(i));
  const [one = [], two = [], three = []] = FIRST;
  for (let i = 0; i < text.length; i++) {
    const [a = 0, b = 0, c = 0] = [codes[i], codes[i + 1], codes[i + 2]];
    find(one[hashOf(a, 0, 0)], codes, i, open);
    find(two[hashOf(a, b, 0)], codes, i, open);
    find(three[hashOf(a, b, c)], codes, i, open);
  }
  return open;
}

function find(
  needles: readonly Needle[] | undefined,
  codes: Uint16Array,
  at: number,
  open: Uint8Array,
): void {
  if (needles === undefined) return;
  next: for (const needle of needles) {
    if (open[needle.gate] === 1) continue;
    for (let i = 0; i < needle.codes.length; i++) if (codes[at + i] !== needle.codes[i]) continue next;
    open[needle.gate] = 1;
  }
}

/** As `fold`, by code. */
function folds(code: number): number {
  if (code < 0x80) return ASCII[code] ?? code;
  if (code >= 0xac00 && code <= 0xd7a3) return code;
  return fold(String.fromCharCode(code)).charCodeAt(0);
}

const ASCII = Array.from({ length: 0x80 }, (_, code) => fold(String.fromCharCode(code)).charCodeAt(0));
