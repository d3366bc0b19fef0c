/**
 * Strings of which every match of a pattern holds one; null where there are no such strings. They are worked out from
 * the pattern itself, so that a word added to a pattern needs no second place. Letters are folded (see `fold`).
 */
export function needlesOf({ source }: RegExp): readonly string[] | null {
  const found = alternatives({ source, at: 0 });
  return better(found.exact, found.holds);
}

/** One character as needles are compared: lower case, every digit "0", every space " ". */
export function fold(char: string): string {
  if (char >= "가" && char <= "힣") return char;
  if (/\d/.test(char)) return "0";
  if (/\s/.test(char)) return " ";
  // The long s is an s, and the Kelvin sign a k, to a pattern that knows Unicode and not case.
  const lower = char.toUpperCase().toLowerCase();
  return lower.length === 1 ? lower : char;
}

/** What a piece of a pattern can match: all of it, where that is a short list, and strings one of which it holds. */
interface Piece {
  readonly exact: readonly string[] | null;
  readonly holds: readonly string[] | null;
  /** Short strings, with one of which it begins and with one of which it ends. */
  readonly edges?: readonly string[] | null;
}

interface Reader {
  readonly source: string;
  at: number;
}

const EMPTY: Piece = { exact: [""], holds: null };
const ANYTHING: Piece = { exact: null, holds: null };
const MOST_EXACT = 48;
const MOST_CLASS = 14;

function alternatives(reader: Reader): Piece {
  const pieces = [sequence(reader)];
  while (reader.source[reader.at] === "|") {
    reader.at += 1;
    pieces.push(sequence(reader));
  }
  if (pieces.length === 1) return pieces[0] ?? EMPTY;
  const exact = pieces.flatMap((piece) => piece.exact ?? []);
  if (pieces.every((piece) => piece.exact !== null) && exact.length <= MOST_EXACT)
    return { exact, holds: null };
  const each = pieces.map((piece) => better(piece.exact, piece.holds));
  return { exact: null, holds: each.includes(null) ? null : each.flatMap((strings) => strings ?? []) };
}

function sequence(reader: Reader): Piece {
  const { source } = reader;
  let run: readonly string[] = [""];
  let holds: readonly string[] | null = null;
  let whole = true;
  while (reader.at < source.length && source[reader.at] !== "|" && source[reader.at] !== ")") {
    const letters = plain(reader);
    if (letters !== "") {
      run = run.map((head) => head + letters);
      continue;
    }
    const piece = repeated(reader, atom(reader));
    const longer: readonly string[] | null =
      piece.exact === null || run.length * piece.exact.length > MOST_EXACT ? null : crossed(run, piece.exact);
    if (longer !== null) {
      run = longer;
      continue;
    }
    const edges = piece.edges ?? null;
    const begun = edges === null || run.length * edges.length > MOST_EXACT ? run : crossed(run, edges);
    holds = best(best(holds, better(begun, null)), piece.holds);
    run = piece.exact ?? edges ?? [""];
    whole = false;
  }
  return whole ? { exact: run, holds: null } : { exact: null, holds: best(holds, better(run, null)) };
}

function crossed(heads: readonly string[], tails: readonly string[]): readonly string[] {
  return heads.flatMap((head) => tails.map((tail) => head + tail));
}

const PLAIN = /[\w가-힣 '",:;%-]+(?![\w가-힣 '",:;%?*+{-])|[\w가-힣 '",:;%-]+(?=[\w가-힣 '",:;%-])/y;

/** Letters that stand for themselves, up to one with a quantifier. */
function plain(reader: Reader): string {
  PLAIN.lastIndex = reader.at;
  const letters = PLAIN.exec(reader.source)?.[0] ?? "";
  reader.at += letters.length;
  return folded(letters);
}

/** A text folded. */
function folded(text: string): string {
  return text.replace(/[^a-z 가-힣]/g, fold);
}

function atom(reader: Reader): Piece {
  const { source } = reader;
  const char = source[reader.at] ?? "";
  reader.at += 1;
  if (char === "(") {
    const opening = /^\?(?:<?[=!]|:|<\w+>)/.exec(source.slice(reader.at))?.[0] ?? "";
    reader.at += opening.length;
    const inner = alternatives(reader);
    reader.at += 1;
    return /[=!]$/.test(opening) ? EMPTY : inner;
  }
  if (char === "[") return charClass(reader);
  if (char === "\\") return escaped(reader);
  if (char === "^" || char === "$") return EMPTY;
  return char === "." ? ANYTHING : { exact: [fold(char)], holds: null };
}

function escaped(reader: Reader): Piece {
  const char = reader.source[reader.at] ?? "";
  reader.at += 1;
  if (char === "b" || char === "B") return EMPTY;
  if (char === "d") return { exact: ["0"], holds: null };
  if (char === "s" || char === "n" || char === "t" || char === "r") return { exact: [" "], holds: null };
  if (char === "u" && /^[\dA-Fa-f]{4}/.test(reader.source.slice(reader.at))) {
    const code = reader.source.slice(reader.at, reader.at + 4);
    reader.at += 4;
    return { exact: [fold(String.fromCharCode(Number.parseInt(code, 16)))], holds: null };
  }
  return /[^\w]/.test(char) ? { exact: [fold(char)], holds: null } : ANYTHING;
}

function charClass(reader: Reader): Piece {
  const { source } = reader;
  const from = reader.at;
  while (source[reader.at] !== "]") reader.at += source[reader.at] === "\\" ? 2 : 1;
  const inside = source.slice(from, reader.at);
  reader.at += 1;
  if (/^\^|[^\\]-.|\\[^ds.,\][\\/-]/.test(inside)) return ANYTHING;
  const members = [...inside.matchAll(/\\?([^\\])/g)].map(([whole, char = ""]) =>
    whole === "\\d" ? "0" : whole === "\\s" ? " " : fold(char),
  );
  const exact = [...new Set(members)];
  return exact.length <= MOST_CLASS && exact.length > 0 ? { exact, holds: null } : ANYTHING;
}

/** A piece with the quantifier that stands behind it. */
function repeated(reader: Reader, piece: Piece): Piece {
  const next = reader.source[reader.at];
  if (next !== "?" && next !== "*" && next !== "+" && next !== "{") return piece;
  const quantifier = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.source.slice(reader.at));
  if (!quantifier) return piece;
  reader.at += quantifier[0].length;
  const once = quantifier[0][0] === "+" || Number(quantifier[1] ?? 0) > 0;
  if (once)
    return {
      exact: null,
      holds: better(piece.exact, piece.holds),
      edges: piece.exact?.includes("") ? null : piece.exact,
    };
  return quantifier[0][0] === "?" && piece.exact !== null
    ? { exact: ["", ...piece.exact], holds: null }
    : ANYTHING;
}

function better(exact: readonly string[] | null, holds: readonly string[] | null): readonly string[] | null {
  return best(exact === null || exact.includes("") ? null : exact, holds);
}

/** The list that is rarer to find: of longer strings, then of fewer. */
function best(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null || b === null) return a ?? b;
  const [shortA, shortB] = [shortest(a), shortest(b)];
  if (shortA !== shortB) return shortA > shortB ? a : b;
  return a.length <= b.length ? a : b;
}

/** A word is hardly rarer than its first letters; one letter is found nearly everywhere. */
function shortest(strings: readonly string[]): number {
  return Math.min(
    3,
    ...strings.map((string) => (/[가-힣]/.test(string) ? string.length + 1 : string.length)),
  );
}
