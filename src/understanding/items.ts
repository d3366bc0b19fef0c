import type { Item } from "../domain/act.ts";
import { closed } from "./normalise.ts";
import type { Setting } from "./setting.ts";

type Ref = Extract<Item, { ref: string }>["ref"];
const REFS: readonly Ref[] = ["first", "second", "third", "last", "cheaper", "dearer", "other", "that"];

/** Places pointed at, in the order of the words; `that` only when nothing more exact is. */
export function refsIn(text: string, setting: Setting): readonly Ref[] {
  const found: { ref: Ref; at: number }[] = [];
  for (const [name, pattern] of setting.lexicon.refs) {
    const ref = REFS.find((candidate) => candidate === name);
    const match = pattern.exec(text);
    if (ref && match) found.push({ ref, at: match.index });
  }
  const exact = found.filter((item) => item.ref !== "that");
  return (exact.length > 0 ? exact : found).sort((a, b) => a.at - b.at).map((item) => item.ref);
}

/** The text without its references, for looking at what else it names. */
export function withoutRefs(text: string, setting: Setting): string {
  let rest = text;
  for (const [, pattern] of setting.lexicon.refs) rest = rest.replace(pattern, " ¦ ");
  return rest;
}

/** The colour named, in English as product data has it, unless it is named to be left out. */
export function colourIn(text: string, setting: Setting): string | undefined {
  for (const match of text.matchAll(setting.lexicon.colour)) {
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    const left = NOT_BEFORE.test(before) || NOT_AFTER.test(after);
    if (!left) return setting.lexicon.colours[match[0]];
  }
  return undefined;
}

const NOT_BEFORE = /\b(?:not|no|without|except|isn't)(?: the| a| in)?\s*$/;
const NOT_AFTER = /^\s?(?:색)?(?:은|는|이)?\s?(?:말고|빼고|아닌|제외|싫)/;

/** What is left of `text` when everything that never names a product is taken away. */
export function wordsOf(text: string, setting: Setting): string {
  const bare = text
    .replace(setting.lexicon.stop, " ")
    .replace(setting.lexicon.stop, " ")
    .replace(/(?<=^|\s)[^\p{L}\p{N}]+(?=\s|$)/gu, " ")
    .replace(/[¦?!,;:"()…~]+|\.(?=\s|$)/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const words = bare.split(" ").filter((word) => word !== "" && !/^['\-_/]+$/.test(word));
  if (setting.lexicon.lang === "ko")
    return words
      .map(stem)
      .filter((word) => word !== "")
      .join(" ")
      .slice(0, 400);
  return words.join(" ").slice(0, 400);
}

/** A Korean word without its particle. 이 and 가 stay: too many nouns end in them. */
function stem(word: string): string {
  const [, body = word, particle] =
    /^([가-힣a-z0-9.+-]{2,}?)(용으로|으로요|로요|이요|은요|는요|도요|만요|으로|이랑|하고|에서|한테|이나|까지|을|를|은|는|로|도|랑|의|만)$/i.exec(
      word,
    ) ?? [];
  if (particle === undefined || !/[가-힣]$/.test(body))
    return particle !== undefined && body !== word ? body : word;
  const ends = closed(body);
  if (/^[을은]요?$|^으로|^이/.test(particle) && !ends) return word;
  if (/^[를는랑]요?$/.test(particle) && ends) return word;
  if (/^(?:도|만|의|로)$/.test(particle) && body.length < 2) return word;
  return body;
}

/** The thing meant when no words name it: the live offer if there is one, else what was spoken of. */
export function standing(setting: Setting): Item {
  return { ref: setting.offer ? "offer" : "that" };
}

/** One item out of words that may point or name. Null when they do neither. */
export function itemIn(text: string, setting: Setting): Item | null {
  const colour = colourIn(text, setting);
  const options = colour === undefined ? {} : { options: { color: colour } };
  const [ref] = refsIn(text, setting);
  const bare = withoutRefs(text, setting);
  const plain = colour === undefined ? "" : wordsOf(withoutColour(bare, setting, true), setting);
  const only = colour !== undefined && plain === "" && setting.pointed;
  const words = wordsOf(withoutColour(bare, setting, only || ref !== undefined || isOne(text)), setting);
  if (ref !== undefined && (words === "" || ref !== "that")) return { ref, ...options };
  if (words !== "" && isOne(text)) return { query: words, ...options };
  if (words !== "") return { query: words };
  return colour === undefined ? null : { ref: "that", ...options };
}

function isOne(text: string): boolean {
  return /(?:^|\b(?:the|this|that|an?|any|another|¦) )(?:[a-z]+ )?ones?\b|\bones\b|(?:색|거|걸|것)(?:으로|로|은|는)?(?:\s|$)/.test(
    text,
  );
}

/** What is left of "not the white one" without its colour. */
const LEFT_OUT = /¦\s*(?:색)?(?:은|는|이)?\s?(?:말고|빼고|아닌|제외하고)|\bnot (?:the |a )?¦/g;

function withoutColour(text: string, setting: Setting, pointed: boolean): string {
  return pointed ? text.replace(setting.lexicon.colour, " ¦ ").replace(LEFT_OUT, " ") : text;
}
