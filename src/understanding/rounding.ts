import { minorDigits } from "../domain/money.ts";
import type { Setting } from "./setting.ts";

/**
 * "Drop the cents", "끝자리 떼고 만원 단위로": the price on the table without its last figures, put into the text as an
 * amount. A price named beside it stands as it is.
 */
export function roundedDown(text: string, setting: Setting): string {
  const { total, lexicon } = setting;
  const size = total ?? setting.unit;
  const shape = lexicon.lang === "ko" ? DOWN_KO : DOWN_EN;
  const found = size === null ? null : shape.exec(text);
  if (!found || size === null) return text;
  const rest = `${text.slice(0, found.index)} ¦ ${text.slice(found.index + found[0].length)}`;
  if (/\d/.test(rest.replace(/\d+원?\s?단위/g, ""))) return rest;
  const [, cut, to, plain] = found;
  const step = (to ?? plain) ? Number(to ?? plain) : cut ? Number(cut) * 10 : stepOf(size, setting.currency);
  const down = size - (size % step);
  if (down <= 0 || down === size) return text;
  return lexicon.lang === "ko" ? `${rest} ${down}원` : `${rest} $${down / 100}`;
}

/** The next round figure's step: ten times what the amount is a multiple of. */
function stepOf(amount: number, currency: string): number {
  const whole = 10 ** minorDigits(currency);
  let step = 1;
  while (amount % (step * 10) === 0) step *= 10;
  return Math.max(step * 10, whole);
}

const CUT = "(?:떼|뗍|빼|자르|잘라|깎|버리|버려|절사|끊|없애|털)[가-힣]*";
const PARTICLE = "(?:는|은|를|을|만|도)?\\s?(?:다\\s|좀\\s|그냥\\s)*";
/** Groups: the digit to cut, the step to round to, the step alone. */
const DOWN_KO = new RegExp(
  `(?:끝\\s?자리|우수리|단수|잔돈|(\\d+)원\\s?단위)${PARTICLE}${CUT}(?:\\s?(\\d+)원\\s?단위로)?|(\\d+)원\\s?단위로\\s?(?:맞|끊|합|하|해|가)[가-힣]*`,
);
const DOWN_EN =
  /\b(?:drop|lose|forget|skip|ditch|knock off) the (?:cents|change|odd (?:cents|dollars|bucks)|loose change)\b|\bround (?:it |that |the price |the total )?(?:down|off)\b(?! to)/;
