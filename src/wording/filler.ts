import type { Lang } from "../domain/text.ts";

/**
 * What is said on a voice channel while an answer is still being made. `seq` is the number of the message it answers,
 * so that the same turn always says the same and two turns in a row do not. Claims nothing.
 */
export function filler(lang: Lang, seq: number): string {
  const said = FILLERS[lang];
  return said[Math.abs(Math.trunc(seq)) % said.length] ?? said[0];
}

/** An odd number of them, since replies are often two numbers apart. None says yes: it could be taken for an agreement. */
const FILLERS: Readonly<Record<Lang, readonly [string, ...string[]]>> = {
  en: ["One moment, please.", "Just a moment, please.", "Bear with me a moment, please."],
  ko: ["잠시만요.", "잠시만 기다려 주세요.", "조금만 기다려 주세요."],
};
