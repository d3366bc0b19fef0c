import type { Move } from "../../domain/reply.ts";
import type { Lang } from "../../domain/text.ts";
import { CONCEPTS } from "./concept-words.ts";
import { isPast, readings } from "./korean.ts";
import { remembered } from "./remembered.ts";
import { basesOf } from "./stems.ts";

/** What the words of one turn may be made of besides glue. */
export interface Anchors {
  /** Stems of the support's words, and of what may stand for them. */
  readonly stems: ReadonlySet<string>;
  /** Words of the support just as they stand. */
  readonly surface: ReadonlySet<string>;
  /** What the support says was done: participles in English, stems in Korean. */
  readonly done: ReadonlySet<string>;
  /** The counterpart's own words: they may be asked back or denied. */
  readonly theirs: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
  /** Every stem of some clause of the support. */
  readonly claimed: ReadonlySet<string>;
  /** Sense of each clause of the support, and whether it denies. */
  readonly clauses: readonly Clause[];
}

export interface Clause {
  readonly stems: ReadonlySet<string>;
  readonly denies: boolean;
  readonly mixed: boolean;
}

export interface Sources {
  readonly lang: Lang;
  readonly words: ReadonlySet<string>;
  /** Prepared texts: names blanked out, numbers as digits. */
  readonly texts: readonly string[];
  readonly counterpart: string;
}

export function anchorsOf(move: Move, { lang, words, texts, counterpart }: Sources): Anchors {
  const flags = flagsOf(move);
  const stems = new Set<string>();
  for (const word of words) for (const stem of stemsOf(word)) stems.add(stem);
  for (const { from, said } of TABLE[lang])
    if (from.some((each) => (each.startsWith("#") ? flags.has(each) : stems.has(each))))
      for (const word of said) stems.add(word);
  const clauses = texts.flatMap(CLAUSES_OF[lang]);
  return {
    stems,
    surface: words,
    done: doneIn(texts, lang),
    theirs: theirsOf(counterpart),
    flags,
    clauses,
    claimed: allStems(clauses),
  };
}

/** A vendor's policies are the same in every turn. */
const CLAUSES_OF = { en: clausesIn("en"), ko: clausesIn("ko") } as const;

function clausesIn(lang: Lang): (text: string) => readonly Clause[] {
  return remembered(500, (text) =>
    text.split(CLAUSE).map((clause) => ({
      stems: new Set(tokensOf(clause.toLowerCase()).flatMap(stemsOf)),
      denies: DENIES[lang].test(clause),
      // A row of a table says yes of one product and no of another.
      mixed: clause.includes("|"),
    })),
  );
}

function allStems(clauses: readonly Clause[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const { stems } of clauses) for (const stem of stems) all.add(stem);
  return all;
}

function theirsOf(counterpart: string): ReadonlySet<string> {
  const said = counterpart.toLowerCase();
  const codes = said.match(/[a-z\d-]*\d[a-z\d-]*/g) ?? [];
  return new Set([...tokensOf(said).flatMap((word) => [word, ...stemsOf(word)]), ...codes]);
}

/** Where one claim ends and the next begins. */
export const CLAUSE = /\n+|[.;!?]+(?=\s|$)|, | but | however |지만|는데|(?<=[가-힣])고,? /;

export const DENIES = {
  en: /\b(?:not|no|none|never|nothing|neither|nor|without|cannot|nobody)\b|n't\b/i,
  ko: /없|않|아니[^요에]|(?<![가-힣])(?:안|못) |못하|아닙|아닌|불가/,
} as const;

export function tokensOf(text: string): string[] {
  return text.match(/[a-z]+(?:['-][a-z]+)*|[가-힣]+/gi) ?? [];
}

const NONE: ReadonlySet<string> = new Set();

/** Everything a word of a source may be known by. */
export const stemsOf: (word: string) => readonly string[] = remembered(20_000, (word) =>
  /[가-힣]/.test(word) ? [word, ...readings(word, NONE).flat()] : [word, ...basesOf(word)],
);

/** Acts said to be done by somebody: "have noted", "is placed"; "남겨 두었어요", "접수되었어요". */
export function doneIn(texts: readonly string[], lang: Lang): Set<string> {
  const done = new Set<string>();
  for (const text of texts)
    for (const { stems } of DEEDS[lang](text)) for (const stem of stems) done.add(stem);
  return done;
}

const DEEDS: Readonly<Record<Lang, (text: string) => readonly Deed[]>> = {
  en: remembered(500, (text) => deedsEn(text)),
  ko: remembered(500, (text) => deedsKo(text)),
};

export interface Deed {
  readonly words: string;
  /** Any of these names what was done. */
  readonly stems: readonly string[];
}

export function deedsEn(text: string): Deed[] {
  return [...text.matchAll(DEED_EN)]
    .filter((match) => !YET.test(text.slice(0, match.index)))
    .map((match) => ({
      words: match[0].trim(),
      stems: [(match.groups?.did ?? "").toLowerCase()],
    }));
}

/** "Once it is confirmed": not done yet. */
const YET = /\b(?:once|until|till|when|after|before|if|as soon as|whether)(?: \w+){0,4}\s?$/i;

export function deedsKo(text: string): Deed[] {
  const words = [...text.matchAll(/[가-힣]+/g)];
  return words.flatMap(({ 0: word, index }, i) => {
    if (!isPast(word)) return [];
    const ways = readings(word, NONE).flat();
    const before = words[i - 1];
    const joined = before !== undefined && index - before.index - before[0].length <= 1;
    if (!joined || !ways.some((stem) => HELPING.has(stem))) return [{ words: word, stems: [word, ...ways] }];
    const main = readings(before[0], NONE).flat();
    const own = ways.filter((stem) => !HELPING.has(stem));
    return [{ words: `${before[0]} ${word}`, stems: [before[0], ...main, ...own] }];
  });
}

/** Verbs that only help the one before them. */
const HELPING: ReadonlySet<string> = new Set("드리 주 두 놓 보 내 하 되 지 해드리 해보".split(" "));

const PAST =
  "(?!need|speed|feed|indeed)[a-z]{2,}ed|called|taken|made|given|gave|took|found|got|gotten|came|gone|went|sent|paid|bought|sold|said|told|kept|left|held|brought|built|chosen|chose|known|seen|saw|spoken|spoke|written|wrote|heard|done|did|begun|began|run|cut|met|drawn|dealt|shown|thrown|threw|packed";
const DEED_EN = new RegExp(
  `(?:\\b(?:i|we|you|they|he|she|shop|team|someone|somebody|colleague|manager|person|one|it)(?:'ve|'s|'d| have| has| had)?|\\b(?:have|has|had|was|were|been|got|being|having)|\\b(?:is|are|'s|'re)(?= (?:now |already |just |all |officially |fully )*(?:paid|shipped|delivered|ordered|placed|confirmed|approved|sent|reserved|booked|received|done|settled|gone|sold|packed|dispatched|cancelled|canceled|finalized|processed|charged|registered|activated|signed)\\b)) (?:now |already |just |all |also |then |been |even |gladly |officially |fully |personally )*(?<did>${PAST})\\b(?!')`,
  "gi",
);

/** What the move is, in words the concepts are brought in by. */
function flagsOf(move: Move): Set<string> {
  const { act, reasons, offers, answers, ask } = move;
  const flags = new Set<string>();
  const on = (flag: string, holds: boolean) => holds && flags.add(flag);
  const lines = offers.flatMap((offer) => offer.lines);
  on("#offer", offers.length > 0);
  on("#amount", offers.length > 0 || move.results.length > 0 || move.intents.length > 0);
  on(
    "#amount",
    answers.some(({ facts }) => facts.some(({ kind }) => kind === "price")),
  );
  on(
    "#discount",
    lines.some((line) => line.unit_price < line.list_price),
  );
  on(
    "#discount",
    offers.some(({ discounts }) => discounts.length > 0),
  );
  on("#lower", flags.has("#discount") || reasons.includes("price_too_low") || move.proposal?.lower === true);
  on("#compare", act === "comparison");
  const near = reasons.includes("nearest_only") || reasons.includes("nothing_found");
  on("#nearest", near);
  on("#results", !near && (move.results.length > 0 || act === "results"));
  on(
    "#cited",
    answers.some(({ facts }) => facts.length > 0),
  );
  on("#refuses", act === "decline" || (reasons.length > 0 && !reasons.every((reason) => ASKED.has(reason))));
  on("#unknown", act === "unknown" || reasons.includes("not_stated") || reasons.includes("nothing_found"));
  on("#withdrawn", reasons.includes("withdrawn"));
  on(
    "#revised",
    offers.some(({ supersedes }) => supersedes !== null),
  );
  on("#readback", move.readback !== null);
  on("#details", ask === "ship_to" || ask === "payer" || reasons.includes("details_missing"));
  on("#choice", ask === "choice" || move.choices.length > 0);
  on("#placed", act === "accepted" || act === "order_status");
  on("#approval", act === "approval_pending" || act === "order_status");
  on("#handoff", act === "handoff");
  on("#farewell", act === "farewell");
  on("#greet", act === "greet" || act === "help");
  on("#cancelled", act === "cancelled");
  on("#last", act === "final_offer" || reasons.some((reason) => LAST.has(reason)));
  on("#gone", reasons.includes("out_of_stock"));
  on("#asks", ask !== null && offers.length === 0);
  on("#change", ask === "change");
  on("#packages", offers.length > 1);
  return flags;
}

const ASKED: ReadonlySet<string> = new Set([
  "card_masked",
  "details_missing",
  "ambiguous_item",
  "ambiguous_offer",
]);
const LAST: ReadonlySet<string> = new Set(["best_already", "unchanged", "rounds_over"]);

const TABLE = {
  en: CONCEPTS.map(({ from, en }) => ({ from: from.split(" "), said: en.split(" ") })),
  ko: CONCEPTS.map(({ from, ko }) => ({ from: from.split(" "), said: ko.split(" ") })),
} as const;
