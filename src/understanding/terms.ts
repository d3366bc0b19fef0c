import type { TermsWanted } from "../domain/terms.ts";
import type { Setting } from "./setting.ts";
import { SHAPES } from "./term-shapes.ts";

export interface Wanted {
  readonly terms: TermsWanted;
  readonly any: boolean;
  readonly rest: string;
}

const MAYBE =
  /ship|deliver|day|week|tomorrow|today|overnight|express|fast|quick|rush|expedit|priority|sooner|warrant|guarantee|coverage|net|pay|invoice|credit|account|return|refund|money|subscri|month|time|once|quarter|annual|gift|free|throw|toss|chuck|extra|배송|배달|택배|도착|오늘|당일|내일|낼|익일|모레|새벽|퀵|빨리|빠르|일|이틀|하루|사흘|보증|워런티|as|a\/s|년|개월|결제|후불|외상|지불|입금|반품|환불|교환|정기|구독|달|매월|격월|분기|한\s?번|사은품|덤|선물|서비스|공짜|무료|끼워|조립|설치|assembl|install|pick|standard|regular|normal|일반|기본|회|번|픽업|수령|매장|선불|prepa/;

/** Takes every term asked for out of `text`. */
export function takeTerms(text: string, setting: Setting): Wanted {
  if (!MAYBE.test(text)) return { terms: {}, any: false, rest: text };
  let terms: TermsWanted = {};
  let any = false;
  let rest = text;
  for (const [pattern, meant] of SHAPES) {
    const found = pattern.exec(rest);
    if (!found) continue;
    const n = Number(found.slice(1).find((group) => group !== undefined && /^\d+$/.test(group)) ?? "1");
    const meaning = meant(n, setting, found);
    if (meaning === null) continue;
    terms = merged(terms, meaning);
    any = true;
    rest = `${rest.slice(0, found.index)} ¦ ${rest.slice(found.index + found[0].length)}`;
  }
  return { terms, any, rest };
}

/** Both wishes in one; what is said first about an issue stays. */
export function merged(first: TermsWanted, second: TermsWanted): TermsWanted {
  const out: TermsWanted = { ...second, ...first };
  if (first.delivery && second.delivery) out.delivery = { ...second.delivery, ...first.delivery };
  if (first.warranty && second.warranty) out.warranty = { ...second.warranty, ...first.warranty };
  return out;
}
