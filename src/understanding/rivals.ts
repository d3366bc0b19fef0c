import type { Item } from "../domain/act.ts";
import type { Mentions } from "./clause.ts";
import { itemIn, wordsOf } from "./items.ts";
import type { Setting } from "./setting.ts";

/** It asks which of several things has most or least of something: "which lasts longer?", "뭐가 더 가벼워요?". */
export function asksWhich(text: string): boolean {
  return (RATES.test(text) && WHICH.test(text)) || RECOMMENDS.test(text);
}

/** One thing is held against another: "lighter", "the longest", "더 가벼워요". */
export function isRated(text: string): boolean {
  return RATES.test(text);
}

/** "Is A lighter than B?", "which is heavier, A or B?", "A가 B보다 가벼워요?": two or three that are named. */
export function rivals(heard: Mentions, setting: Setting): Item[] {
  const korean = setting.lexicon.lang === "ko";
  if (heard.cue("lower") || heard.cue("discount")) return [];
  if (korean ? !HELD_KO.test(heard.text) : !HELD_EN.test(heard.text)) return [];
  const bare = heard.text
    .replace(korean ? FRAME_KO : FRAME_EN, " ")
    .replace(new RegExp(RATES, "g"), " ¦ ")
    .replace(korean ? /보다(?:는|도)?(?=\s|$)/g : /\bthan\b/g, " ¦ ");
  const parts = bare.split(korean ? RIVALS_KO : RIVALS_EN);
  const items = parts.flatMap((part) => thingIn(part.trim(), heard, setting) ?? []);
  const [only] = items;
  if (only && items.length === 1 && "query" in only && setting.pointed && AGAINST.test(heard.text))
    return [{ ref: "that" }, only];
  const things = items.every((item) => !("query" in item) || /\p{L}/u.test(item.query));
  return things && (items.length === 2 || items.length === 3) ? items : [];
}

/** What a part of a comparison names: pointed at or by its words, among them the small ones of a name ("Over One"). */
export function thingIn(part: string, { raw }: Mentions, setting: Setting): Item | null {
  const name = setting.lexicon.lang === "en" ? nameIn(part, raw, setting) : null;
  const item = itemIn(name ?? part, setting);
  const pointed = item !== null && "ref" in item;
  return name === null || pointed ? item : { ...item, query: name };
}

/** A name as it is written: from its first word in capitals to its last, and the numbers after it. */
function nameIn(part: string, raw: string, setting: Setting): string | null {
  const words = part.split(/[\s,?!;:"]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const told = new Set(
    raw
      .split(/[\s,?!;:"]+/)
      .filter(
        (word, at) => /^[A-Z]|^\d/.test(word) && (at > 0 || wordsOf(word.toLowerCase(), setting) !== ""),
      )
      .map((word) => word.toLowerCase()),
  );
  const named = words.map((word) => /[a-z0-9]/.test(word) && told.has(word));
  const first = words.findIndex((word, at) => named[at] && /^[a-z]/.test(word));
  if (first < 0) return null;
  return telling(words.slice(first, named.lastIndexOf(true) + 1), setting);
}

/** The name, unless it is of words that say nothing by themselves: no search would find "the Over One". */
function telling(words: readonly string[], setting: Setting): string | null {
  const name = words.join(" ").toLowerCase();
  return wordsOf(name, setting) === "" ? null : name.slice(0, 400);
}

/**
 * A name of two words or more by the capitals of an English question: "Is the View 24 height adjustable?". What begins a
 * sentence has its capital from there, and small words count inside a name only ("Over One").
 */
export function namedBy(raw: string, setting: Setting): string | null {
  if (setting.lexicon.lang !== "en") return null;
  const words = raw.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|(?:'s)?[^\p{L}\p{N}]*$/gu, ""));
  const capital = (at: number) => /^(?:[A-Z]|\d)/.test(words[at] ?? "");
  const begins = (at: number) => {
    const word = words[at] ?? "";
    return (
      /^[A-Z][a-z]/.test(word) && (wordsOf(word.toLowerCase(), setting) !== "" || (at > 0 && capital(at + 1)))
    );
  };
  const from = words.findIndex((_, at) => begins(at) && capital(at + 1));
  if (from < 0) return null;
  const to = words.findIndex((_, at) => at > from && !capital(at));
  return telling(words.slice(from, to < 0 ? undefined : to), setting);
}

const RATES =
  /\b(?:(?:more|less|most|least) (?:expensive|durable|comfortable|powerful|noisy|accurate|storage|memory|ram|battery|ports?|power)|(?:longer|longest|better|best|bigger|biggest|larger|largest|smaller|smallest|higher|highest|lower|lowest)(?: [a-z]+){0,2}?(?= (?:than|is|does)\b|[?!.]|$)|lighter|lightest|heavier|heaviest|cheaper|cheapest|dearer|pricier|brighter|brightest|quieter|quietest|louder|loudest|wider|widest|taller|tallest|thinner|thinnest|faster|fastest|sharper|sharpest|weighs? (?:more|less)|lasts? longer|costs? (?:more|less))\b|(?:더 ?|제일 ?|가장 ?)?(?:가벼워|가벼운|가볍|무거워|무거운|무겁|저렴|싸(?:요|나|죠|지|ㄴ가)|비싸|비싼가|오래 ?가|오래가|밝아|밝은가|조용|시끄러|넓어|길어|높아|낮아|작아|커요|크나|크죠|빠르|빨라|좋아요|좋은가|나아요|나은가|낫)[가-힣]*/;
/** What makes two things of what is named: one beside the other, or the one of them that is asked for. */
const HELD_EN = /\bthan\b|\bor\b|\bcompared (?:to|with)\b/;
const AGAINST = /\bthan\b|\bcompared (?:to|with)\b|보다|비교(?:하면|해서|했을 ?때)/;
const HELD_KO = /보다|비교하면|중(?:에|에서)? |뭐가|어느 ?(?:게|쪽|것)|어떤 ?(?:게|쪽|것)/;
const WHICH =
  /\bwhich (?:one |ones |of (?:them|these|those|the \d+) )?(?:is|are|has|have|lasts?|weighs?|costs?|gives|offers|comes)\b|(?<![가-힣]\s?중(?:에|에서)?\s?)(?:뭐가|(?:어느|어떤) ?(?:게|쪽|것))|(?:둘|셋|이|그|저것들|이것들|개) ?중(?:에|에서) /;
const RECOMMENDS =
  /\bwhich (?:one |of (?:them|these|those) )?(?:would|do|should) (?:you|i) (?:recommend|suggest|get|take|pick|choose)\b|(?:어느|어떤) ?(?:게|걸|것을?|쪽을?) ?(?:더 ?)?추천/;
const FRAME_EN =
  /^(?:(?:so|and|ok|okay|hey|hi|well|then|please|can you tell me|tell me|do you know) )*(?:which (?:one )?|what |who )?(?:(?:is|are|has|have|does|do|would|will) )?(?:the |a )?|[?!.]+$/g;
const FRAME_KO =
  /(?:둘 ?)?중(?:에서|에)?\s*(?:뭐가|어느\s?(?:게|쪽이|것이)|어떤\s?(?:게|쪽이|것이)|누가)|뭐가|어느\s?(?:게|쪽이|것이)|어떤\s?(?:게|것이)|[?!.]+$/g;
const RIVALS_EN = /\s¦\s|,\s*(?:and |or )?|\s+(?:or|and|vs\.?|versus)\s+/;
const RIVALS_KO =
  /\s¦\s|,\s*|(?<=[가-힣a-z0-9])(?:이랑|랑|하고|와|과|이|가|은|는)\s+|\s(?:대|vs)\s|\s아니면\s/;
