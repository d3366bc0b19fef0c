import { respelled } from "./spellings.ts";
import { plainNumber, shortUnit, UNIT_SPELLINGS } from "./units.ts";

/**
 * The terms of a text, for an index and for a query alike: both sides must use this one function. A term holds
 * letters, digits and inner points only, so that no store's query language can read an operator into it.
 */
export function terms(text: string): string[] {
  return words(text).flat();
}

/**
 * The same terms word by word. The first of each word is the word whole ("27in", "wifi", "무선이어폰"), the others
 * are its parts ("27"; "wi", "fi"; its syllable pairs): a text has the word when it has the whole or every part.
 */
export function words(text: string): string[][] {
  const found: string[][] = [];
  for (const match of folded(text).matchAll(TOKEN)) {
    const { number, inch, unit, chunk } = match.groups ?? {};
    if (number !== undefined) found.push(measure(number, inch ?? unit ?? ""));
    else if (chunk !== undefined) found.push(...chunkWords(chunk));
  }
  return found;
}

/** Quantities named in running text, as written: `27"` is 27 "in". */
export function quantities(text: string): { readonly value: number; readonly unit: string }[] {
  const found: { value: number; unit: string }[] = [];
  for (const { groups } of folded(text).matchAll(TOKEN)) {
    const unit = groups?.number === undefined ? null : shortUnit(groups.inch ?? groups.unit ?? "");
    if (unit !== null) found.push({ value: Number(plainNumber(groups?.number ?? "")), unit });
  }
  return found.filter((quantity) => Number.isFinite(quantity.value));
}

/**
 * A bare "in" after a blank is the preposition ("2 in 1"), so only other units may stand apart from their number.
 * A chunk is a run of letters and digits with single joiners inside: "dv7-1211ea", "wi-fi", "startech.com".
 */
const TOKEN = new RegExp(
  "(?<number>\\d+(?:[.,]\\d+)*)" +
    `(?:(?<inch>")|(?!\\s+in(?![a-z]))[ -]?(?<unit>${UNIT_SPELLINGS})(?![a-z0-9]))` +
    "|(?<chunk>[\\p{L}\\p{N}]+(?:(?:[-._'+]|,(?=\\d))[\\p{L}\\p{N}]+)*)",
  "gu",
);

/**
 * NFKC also unites full-width and squared forms (㎏, ＵＳＢ); trade marks go first, or Core™2 would read "coretm2".
 * Latin letters lose their accents; Hangul is untouched, since its parts are letters, not marks.
 */
function folded(text: string): string {
  const plain = text
    .replace(/[™®©]/g, " ")
    .replace(/[″“”]/g, '"')
    .replace(/[’‘]/g, "'")
    .normalize("NFKC")
    .toLowerCase();
  return /[à-ɏ]/.test(plain)
    ? plain
        .normalize("NFD")
        .replace(/\p{Mn}/gu, "")
        .normalize("NFC")
    : plain;
}

function measure(number: string, spelling: string): string[] {
  const plain = plainNumber(number);
  return [`${plain}${shortUnit(spelling) ?? ""}`, plain];
}

function chunkWords(chunk: string): string[][] {
  if (/^\d+(?:[.,]\d+)*$/.test(chunk)) return [[plainNumber(chunk)]];
  const runs = chunk.match(SCRIPT_RUNS) ?? [];
  return runs.flatMap((run) => {
    if (UNSPACED.test(run)) return [unspacedWord(run)];
    const word = spacedWord(run);
    return word.length === 0 ? [] : [word];
  });
}

const SCRIPT_RUNS =
  /[\p{Script=Hangul}]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[^\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;
const UNSPACED = /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Joined pieces squashed ("usb-c" is "usbc") and apart; more than three letter-only pieces are a list, not a name. */
function spacedWord(run: string): string[] {
  const pieces = run
    .replace(/'s$/, "")
    .split(/[-._'+,]+/)
    .filter((piece) => piece !== "");
  const parts = pieces.flatMap(pieceTerms);
  if (pieces.length < 2) return parts;
  return pieces.length > 3 && !/\d/.test(run) ? parts : [singular(pieces.join("")), ...parts];
}

/** "rtx2060" is also "rtx" and "2060"; runs of one character ("ps4") say too little to stand alone. */
function pieceTerms(piece: string): string[] {
  if (!/\d/.test(piece)) return [singular(piece)];
  const runs = piece.match(/\d+|[^\d]+/g) ?? [];
  return runs.length > 1 && runs.every((run) => run.length > 1) ? [piece, ...runs] : [piece];
}

/** Plural endings off, after Harman's S-stemmer, with "-xes", "-ches" and the like whole; American spelling. */
function singular(word: string): string {
  const spelled = SPELLINGS[word] ?? word;
  if (spelled.length < 4 || !/^\p{L}+$/u.test(spelled)) return spelled;
  if (/[^ae]ies$/.test(spelled)) return `${spelled.slice(0, -3)}y`;
  if (/(?:x|z|ch|sh|ss)es$/.test(spelled)) return spelled.slice(0, -2);
  return /[^us]s$/.test(spelled) ? spelled.slice(0, -1) : spelled;
}

const SPELLINGS: Readonly<Record<string, string>> = {
  colour: "color",
  colours: "color",
  grey: "gray",
  centre: "center",
  fibre: "fiber",
  aluminium: "aluminum",
};

/** A word of a script that joins words freely: its stem, and each two neighbouring syllables of it. */
function unspacedWord(run: string): string[] {
  const stem = respelled(withoutParticles(run));
  const syllables = [...stem];
  if (syllables.length < 3) return [stem];
  return [stem, ...syllables.slice(1).map((syllable, at) => `${syllables[at] ?? ""}${syllable}`)];
}

/** Particles come off until none is left, so that 고양이 and 고양이를 end alike; two syllables always stay. */
function withoutParticles(word: string): string {
  const stem = PARTICLE.exec(word)?.[1];
  return stem === undefined ? word : withoutParticles(stem);
}

const PARTICLE =
  /^(\p{Script=Hangul}{2,}?)(?:에서는|에서도|으로는|으로도|이라도|이랑은|에서|에게|한테|으로|까지|부터|처럼|보다|이나|이랑|하고|이고|이며|인가요|이에요|예요|이요|입니다|라도|은|는|이|가|을|를|의|에|도|만|와|과|로|랑|요)$/u;
