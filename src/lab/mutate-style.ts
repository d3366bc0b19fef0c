import type { Lang } from "../domain/text.ts";
import type { Dice } from "./dice.ts";
import { mayChange } from "./mutate-typos.ts";
import {
  CONTRACTIONS,
  FILLERS,
  FORMAL,
  HONORIFIC,
  INJECTIONS,
  MANNERS,
  NUMBERS,
  PLAIN,
  type Rewrite,
  SAME_EN,
  SAME_KO,
  SWITCHED,
} from "./mutate-words.ts";

/** The same in other words: contractions, turns of phrase, fillers; whole sentences change places only with greetings. */
export function paraphrased(text: string, lang: Lang, chance: Dice): string {
  const korean = isKorean(text);
  const out = korean
    ? rewritten(text, SAME_KO, chance)
    : rewritten(rewritten(text, SAME_EN, chance), CONTRACTIONS, chance);
  const greeted =
    /^((?:hi|hello|hey|good (?:morning|afternoon|evening)|안녕하세요)[^.!?,]{0,20}[.!,])\s+(.{8,})$/is.exec(
      out,
    );
  if (greeted) return `${greeted[2]} ${greeted[1]?.replace(/,$/, ".")}`;
  if (out !== text && !chance.once(3)) return out;
  return (chance.pick(FILLERS[korean ? "ko" : lang === "ko" ? "ko" : "en"]) ?? "") + lowered(out);
}

/** The same with other manners; in Korean another level of speech, more formal, plainer or more deferential. */
export function politely(text: string, chance: Dice): string {
  if (isKorean(text)) {
    const level = chance.pick([FORMAL, PLAIN, HONORIFIC]);
    const out = (level ?? FORMAL).reduce((so, [from, to]) => so.replace(from, to), text);
    if (out !== text) return out;
  }
  const frame = chance.pick<string>(isKorean(text) ? MANNERS.ko : MANNERS.en) ?? "%";
  const whole = /[.?!…]$/.test(text.trim()) || frame.endsWith("%") ? text : `${text}.`;
  return frame.replace("%", () => whole);
}

/** Letters' case and marks as people in a hurry, or in anger, write them. */
export function carelessly(text: string, chance: Dice): string {
  const words = (change: (word: string) => string) =>
    text
      .split(/(\s+)/)
      .map((word) => (/[\d@]|\b[A-Z]{2,}\b|-/.test(word) ? word : change(word)))
      .join("");
  switch (chance.roll(4)) {
    case 0:
      return words((word) => word.toLowerCase());
    case 1:
      return words((word) => word.toUpperCase());
    case 2:
      return text.replace(/[.!?]+$/, (mark) => mark + (mark.at(-1) ?? "").repeat(2));
    default:
      return words((word) => word.toLowerCase()).replace(/[.!]+$|(?<=[a-z가-힣]),(?=\s)/g, "");
  }
}

/** Words of the other language among those of the one that is spoken. */
export function switched(text: string, chance: Dice): string {
  const korean = isKorean(text);
  const swaps = SWITCHED.filter(([en, ko]) =>
    korean ? text.includes(ko) : new RegExp(`\\b${en}\\b`, "i").test(text),
  );
  if (swaps.length > 0) {
    const [en, ko] = chance.pick(swaps) ?? ["", ""];
    return korean ? text.replace(ko, en) : text.replace(new RegExp(`\\b${en}\\b`, "i"), ko);
  }
  const number = NUMBERS.find(([en]) => en.test(text) && !korean);
  if (number && chance.once(2)) return text.replace(number[0], number[1]);
  return korean
    ? `${chance.pick(["Hi, ", "Okay, ", "So, "])}${text}`
    : `${text} ${chance.pick(["부탁해요.", "감사합니다."])}`;
}

/** A stranger's instruction before or after what is said. */
export function injected(text: string, chance: Dice): string {
  const order = chance.pick(chance.once(2) ? INJECTIONS.en : INJECTIONS.ko) ?? "";
  const gap = chance.once(2) ? "\n\n" : " ";
  const whole = /[.?!…]$/.test(text.trim()) ? text : `${text}.`;
  return chance.once(3) ? `${order}${gap}${text}` : `${whole}${gap}${order}`;
}

function rewritten(text: string, rules: readonly Rewrite[], chance: Dice): string {
  const fitting = rules.filter(([from]) => text.search(from) >= 0);
  const [from, to] = chance.pick(fitting) ?? [/$^/, ""];
  const out = text.replace(from, to);
  return /^[A-Z]/.test(text) ? out.replace(/^[a-z]/, (letter) => letter.toUpperCase()) : out;
}

/** "Do you have ..." after a filler is "do you have ...", but a name stays a name. */
function lowered(text: string): string {
  const [first = ""] = text.split(/\s/, 1);
  return /^(?:do|could|can|how|what|is|are|the|that|show|please|let|any|which|would|and|ok|yes|no)$/i.test(
    first,
  ) ||
    (mayChange(first) && /^(?:sounds|could|would)/i.test(first))
    ? text.replace(/^[A-Z]/, (letter) => letter.toLowerCase())
    : text;
}

function isKorean(text: string): boolean {
  return /[가-힣]/.test(text);
}
