import type { Item } from "../domain/act.ts";
import { YES_WORDS } from "./act-model.ts";
import { mentionsOf, settled } from "./clause.ts";
import { strangeIn } from "./fill.ts";
import { sought } from "./goods-words.ts";
import { titled } from "./heard.ts";
import { refsIn, wordsOf } from "./items.ts";
import type { Setting } from "./setting.ts";

/**
 * What a yes says it takes, where that is on no line of the live offer: "yes, I'll take the lamp" beside a chair. Only
 * words by which goods are looked for count, or that no yes was ever written with, and only where the thing taken stands.
 */
export function otherGoods(raw: string, setting: Setting): Item | null {
  if (!setting.offer) return null;
  const heard = mentionsOf(raw, setting);
  if (heard.prices.length > 0) return null;
  const text = settled(raw, setting);
  const foreign = new Set(strangeIn(text, setting, YES_WORDS));
  for (const phrase of setting.lexicon.lang === "ko" ? takenKo(text) : takenEn(text)) {
    const query = wordsOf(phrase, setting);
    const known = phrase.split(" ").some((word) => foreign.has(word)) || sought(query);
    const said = { ...heard, item: { query } };
    // "Go for it, buy the chairs": whatever they call it, it is what stands.
    const points = refsIn(text.replace(phrase, " "), setting).length > 0;
    if (query !== "" && known && !points && !titled(said, setting)) return said.item;
  }
  return null;
}

function takenEn(text: string): string[] {
  return [...text.matchAll(TAKEN_EN)].flatMap(([, phrase = ""]) => phrase.trim());
}

/** Behind a word that takes, or an article, up to whatever goes on about it. */
const TAKEN_EN =
  /(?:\b(?:take|buy|order|purchase|grab|get|have|want|like|for|to|with|me|accept|do|on)\s+|^|[,.!;]\s*)((?:the|an?|1|my|some|this|that|those|these|your)\s+[a-z][a-z0-9 -]*?)(?=\s+(?:please|then|instead|too|now|for|at|with|and|as|if|of)\b|[,.!?;]|$)/g;

function takenKo(text: string): string[] {
  return [...text.matchAll(TAKEN_KO)].flatMap(([, phrase = ""]) => phrase.trim());
}

/** "주전자로 할게요", "노트북 주문할게": what a word that takes stands behind. An adverb ("흔쾌히 살게요") is none. */
const TAKEN_KO =
  /(?<=^|[\s,.!])([가-힣a-z0-9]+(?<![히게서고면데요다네까])(?:\s[가-힣a-z0-9]+(?<![히게서고면데요다네까]))?)\s*(?:살게|살래|살께|사겠|삽니다|주문(?:할|하|해|이)|결제(?:할|하|해)|구매(?:할|하|해)|구입(?:할|하|해)|(?<=로\s?)(?:할게|할래|하겠|하죠|갈게|진행|주세요|줘))/g;
