import type { Lang } from "../domain/text.ts";
import { CUES, type Cue, TAGS, type Tag, type Words } from "./vocabulary.ts";
import { EN } from "./words-en.ts";
import { KO } from "./words-ko.ts";

export interface Lexicon {
  readonly lang: Lang;
  readonly tags: readonly (readonly [Tag, RegExp])[];
  readonly cues: Readonly<Record<Cue, RegExp>>;
  readonly topics: readonly (readonly [string, RegExp])[];
  readonly refs: readonly (readonly [string, RegExp])[];
  readonly colours: Readonly<Record<string, string>>;
  readonly colour: RegExp;
  readonly stop: RegExp;
  /** The cues that speak of a price without naming it, for taking them out of what may name a product. */
  readonly haggling: readonly RegExp[];
}

const NEVER = /(?!)/g;
const HAGGLING: readonly Cue[] = ["final", "unit", "total", "middle", "half", "lower", "asking", "again"];

function compiled(lang: Lang, words: Words): Lexicon {
  const any = (sources: readonly string[], flags: string) =>
    sources.length === 0
      ? NEVER
      : new RegExp(
          bounded(
            lang,
            sources
              .toSorted(longer)
              .map((s) => spaced(lang, s))
              .join("|"),
          ),
          flags,
        );
  const cues = Object.fromEntries(CUES.map((cue) => [cue, any(words.cues[cue], "")])) as Record<Cue, RegExp>;
  return {
    lang,
    tags: TAGS.map((tag) => [tag, any(words.tags[tag], "y")]),
    cues,
    topics: Object.entries(words.topics).map(([topic, sources]) => [topic, any(sources, "")]),
    refs: Object.entries(words.refs).map(([ref, sources]) => [ref, any(sources, "")]),
    colours: words.colours,
    colour: any(Object.keys(words.colours), "g"),
    stop: any(words.stop, "g"),
    haggling: (lang === "en" ? [...HAGGLING, "condition" as const] : HAGGLING).map((cue) =>
      any(words.cues[cue], "g"),
    ),
  };
}

/** English phrases end where words end; Korean ones take endings and particles, and spaces anywhere. */
function bounded(lang: Lang, source: string): string {
  return lang === "en" ? `(?<![a-z0-9])(?:${source})(?![a-z0-9]|'[a-z])` : `(?:${source})`;
}

function spaced(lang: Lang, source: string): string {
  return lang === "en"
    ? source.replace(/ (\?)?/g, (_, optional) => (optional ? "[ ,]*" : "[ ,]+"))
    : source.replace(/ \??/g, "\\s*").replace(/([가-힣)])(?=[가-힣]|\(\?:)/g, "$1\\s?");
}

/** A regular expression takes its first alternative that fits: the longer phrase has to stand first. */
function longer(a: string, b: string): number {
  return b.length - a.length;
}

export const LEXICON: Readonly<Record<Lang, Lexicon>> = { en: compiled("en", EN), ko: compiled("ko", KO) };
