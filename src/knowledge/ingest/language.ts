import type { Lang, Localized } from "../../domain/text.ts";

/** Korean when at least a tenth of its letters are Hangul (product names mix in Latin brands), else English. */
export function languageOf(text: string): Lang {
  const head = text.slice(0, 2_000);
  const hangul = head.match(/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/g)?.length ?? 0;
  if (hangul === 0) return "en";
  const letters = head.match(/\p{L}/gu)?.length ?? 0;
  return hangul * 10 >= letters ? "ko" : "en";
}

/** The text under the language it is in. */
export function localized(text: string): Localized {
  return { [languageOf(text)]: text };
}

/** "ko", "ko-KR", "Korean", "한국어" -> ko; null when it is neither of Parley's languages. */
export function readLang(value: unknown): Lang | null {
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (/^(ko|kr|kor|korean|한국어)([-_]|$)/.test(text)) return "ko";
  if (/^(en|eng|english|영어)([-_]|$)/.test(text)) return "en";
  return null;
}
