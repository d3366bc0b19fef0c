import { fold, needlesOf } from "./needles.ts";

/**
 * Whether a pattern may match somewhere in a text. False is certain; true is not. Most patterns match in hardly any
 * text, and one pass over it finds those that may. Sound for a part of the text too, and for a text with characters
 * blanked out.
 */
export function may(pattern: RegExp, text: string): boolean {
  const gate = GATES.get(pattern) ?? enter(pattern);
  return gate === OPEN || traceOf(text)[gate] === 1;
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
 * order, would find them. They are global ones. `whole` is the text before characters of it were blanked out.
 */
export function replaceAny(
  patterns: readonly RegExp[],
  text: string,
  whole: string,
  by: (found: string) => string,
): string {
  const next = patterns.filter((pattern) => may(pattern, whole)).map((pattern) => ({ pattern, match: FROM }));
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
  readonly codes: Uint16Array;
  readonly gate: number;
}

/** Patterns of this program, each with its number. They are constants: there are as many as the code writes. */
const GATES = new WeakMap<RegExp, number>();
/** A pattern that nothing can be told of. */
const OPEN = -1;
let gates = 0;

/** Needles by a hash of their first one, two or three codes; bucket 0 is empty. */
const SIZE = 16_384;
const BUCKETS: Needle[][] = [[]];
const [ONE, TWO, THREE] = [new Uint16Array(SIZE), new Uint16Array(SIZE), new Uint16Array(SIZE)] as const;

function enter(pattern: RegExp): number {
  const needles = needlesOf(pattern);
  const gate = needles === null ? OPEN : gates++;
  for (const needle of new Set(needles?.map((each) => each.slice(0, TELLING)))) {
    const codes = Uint16Array.from(needle, (char) => char.charCodeAt(0));
    const table = [ONE, TWO][codes.length - 1] ?? THREE;
    const hash = hashOf(codes[0] ?? 0, codes[1] ?? 0, codes[2] ?? 0);
    if (table[hash] === 0) table[hash] = BUCKETS.push([]) - 1;
    BUCKETS[table[hash] ?? 0]?.push({ codes, gate });
  }
  GATES.set(pattern, gate);
  // What was read before does not know this gate.
  TRACES.clear();
  return gate;
}

/** Letters after which a needle is rare enough. */
const TELLING = 6;

function hashOf(a: number, b: number, c: number): number {
  return (a * 419 + b * 8_581 + c * 31) & (SIZE - 1);
}

/** Of the texts last asked about, which gates each opens: a sentence is asked about alone and with others. */
const TRACES = new Map<string, Uint8Array>();
const TRACES_MAX = 256;

function traceOf(text: string): Uint8Array {
  const known = TRACES.get(text);
  if (known !== undefined) return known;
  if (TRACES.size >= TRACES_MAX) TRACES.clear();
  const open = opened(text);
  TRACES.set(text, open);
  return open;
}

function opened(text: string): Uint8Array {
  const open = new Uint8Array(gates);
  const { length } = text;
  const codes = new Uint16Array(length + 2);
  for (let i = 0; i < length; i++) codes[i] = folds(text.charCodeAt(i));
  let a = codes[0] ?? 0;
  let b = codes[1] ?? 0;
  for (let i = 0; i < length; i++) {
    const c = codes[i + 2] ?? 0;
    const one = ONE[hashOf(a, 0, 0)] ?? 0;
    const two = TWO[hashOf(a, b, 0)] ?? 0;
    const three = THREE[hashOf(a, b, c)] ?? 0;
    if (one !== 0) find(BUCKETS[one], codes, i, open);
    if (two !== 0) find(BUCKETS[two], codes, i, open);
    if (three !== 0) find(BUCKETS[three], codes, i, open);
    a = b;
    b = c;
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
  next: for (let n = 0; n < needles.length; n++) {
    const needle = needles[n];
    if (needle === undefined || open[needle.gate] === 1) continue;
    const own = needle.codes;
    for (let i = 0; i < own.length; i++) if (codes[at + i] !== own[i]) continue next;
    open[needle.gate] = 1;
  }
}

/** As `fold`, by code. */
function folds(code: number): number {
  if (code < 0x80) return ASCII[code] ?? code;
  if (code >= 0xac00 && code <= 0xd7a3) return code;
  if (code >= 0xe000 && code <= 0xf8ff) return code;
  const known = FOLDED[code] ?? 0;
  if (known !== 0) return known;
  const folded = fold(String.fromCharCode(code)).charCodeAt(0);
  FOLDED[code] = folded;
  return folded;
}

const FOLDED = new Uint16Array(0x1_0000);

const ASCII = Array.from({ length: 0x80 }, (_, code) => fold(String.fromCharCode(code)).charCodeAt(0));
