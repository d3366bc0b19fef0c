import { BOUNDS } from "../domain/bounds.ts";
import type { Setting } from "./setting.ts";
import { openingOf } from "./tags.ts";

/** The clauses of a message, each to be read by itself. A decimal point and an initial end no sentence. */
export function clausesOf(raw: string, setting: Setting): readonly string[] {
  const sentences = raw.split(SENTENCE).flatMap((part) => part.split(TURN));
  const out: string[] = [];
  for (const sentence of sentences) out.push(...withoutSetPhrases(sentence.trim(), setting));
  return out.filter((clause) => /[\p{L}\p{N}\p{So}]/u.test(clause)).slice(0, BOUNDS.acts * 2);
}

const SENTENCE = /(?<=[?!;])\s*(?=\S)|(?<=[^\d\s]\.|\d\.)\s+(?=\S)|(?<=[가-힣])\.(?=[가-힣])|\n+/;
/** Where a new thought begins without punctuation, as speech recognition writes it. */
const TURN = new RegExp(
  `,?\\s+(?:and |but |also |plus )+(?=(?:also |please )?(?:can|could|do|does|what|what's|how|is|are|will|when|where|which) (?:i|you|we|u|it|is|are|the|your|this|that|much|many|long|about|does|do|my)\\b)` +
    `|,\\s+(?=(?:can|could|do|does|what's|how|will|when|where|which|what) (?:i|you|we|u|it|is|are|the|your|much|many|long|does|do)\\b)` +
    `|\\s+(?=(?:그리고|근데|그런데|그리구|아니면|혹시)\\s)|(?<=[가-힣](?:나요|어요|해요|니다|까요|세요|예요|에요|네요|죠|게요)),?\\s+(?=(?:[가-힣0-9].{4,}(?:나요|어요|해요|니다|까요|세요|예요|에요|죠|게요|줘요?|돼요))\\s*[.?!]?$)`,
  "gi",
);

/** Pieces between commas that are nothing but a set phrase ("..., deal?", "thanks, ...") stand alone. */
function withoutSetPhrases(sentence: string, setting: Setting): string[] {
  if (!sentence.includes(",")) return [sentence];
  const pieces = sentence.split(/,\s+/);
  const last = pieces.at(-1) ?? "";
  const first = pieces[0] ?? "";
  const alone = (piece: string) => {
    const { tags, rest } = openingOf(piece.toLowerCase(), setting.lexicon);
    return rest === "" && tags.some((tag) => tag !== "nothing");
  };
  if (pieces.length > 1 && alone(last))
    return [...withoutSetPhrases(pieces.slice(0, -1).join(", "), setting), last];
  if (pieces.length > 1 && alone(first)) return [first, pieces.slice(1).join(", ")];
  return [sentence];
}
