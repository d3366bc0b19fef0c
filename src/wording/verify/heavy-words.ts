import type { Lang } from "../../domain/text.ts";
import { CLAUSE, stemsOf, tokensOf } from "./anchors.ts";

export function clausesOf(text: string): string[] {
  return text.split(CLAUSE).filter((clause) => clause.trim() !== "");
}

/** Which terms of a sale a text speaks of. */
export function heavyIn(text: string, lang: Lang): string[] {
  const stems = new Set(tokensOf(text.toLowerCase()).flatMap(stemsOf));
  return [...HEAVY[lang]].filter(([, words]) => words.some((word) => stems.has(word))).map(([id]) => id);
}

/** The terms of a sale, by the words that mean them. */
export const HEAVY = {
  en: words([
    [
      "delivery",
      "deliver delivery delivered ship shipping shipped arrive arrival arrived shipment received receive",
    ],
    ["pay", "pay payment payable paid bill billed invoice charge charged"],
    ["returns", "return returns returned"],
    ["warranty", "warranty"],
    ["tax", "tax"],
    ["cancel", "cancel cancellation cancelled"],
  ]),
  ko: words([
    ["delivery", "배송 도착 도착하 발송 택배 수령 받"],
    ["pay", "결제 지불 내 청구"],
    ["returns", "반품"],
    ["warranty", "보증"],
    ["cancel", "취소"],
  ]),
} as const;

function words(rows: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  return new Map(rows.map(([id, list]) => [id, list.split(" ")]));
}
