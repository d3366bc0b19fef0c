import type { Address } from "../domain/order.ts";
import { CA_CODES, COUNTRIES, KR_REGIONS, US_CODES, US_STATES } from "../domain/places.ts";
import { sectionOf } from "./numbers-ko.ts";
import type { Setting } from "./setting.ts";

export const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
export const PHONE = /(?<!\d)(?:\+?\d{1,3}[ -]?)?(?:\(\d{3}\)\s?|(?<!\d)\d{2,3}[ .-])\d{3,4}[ .-]\d{4}\b/;
export const KR_PLACE =
  /(?:[가-힣]+(?:특별시|광역시|특별자치시|특별자치도|도|시|군|구|읍|면|동|로|길)(?=[\s\d,]|$)).*\d/;

/** An address out of words, to `named` unless they name somebody; null when it has no name or no street line. */
export function addressOf(text: string, setting: Setting, named?: string): Address | null {
  const phone = PHONE.exec(text)?.[0];
  const plain = text
    .replace(PHONE, " ")
    .replace(EMAIL, " ")
    .replace(
      /(?:전화(?:번호)?|연락처|휴대폰|번호|phone|tel|우편\s?번호|(?:담당\s?)?(?:이)?메일|email|zip(?: code)?)(?:는|은|is)?\s*:?\s*(?=[\s,\d]|$)/gi,
      " ",
    );
  const korean = KR_PLACE.test(plain);
  if (!korean && /[가-힣]/.test(plain)) return null;
  const found = korean ? koreanPlace(plain) : westernPlace(plain);
  const { details } = setting.state;
  const name = found.name ?? named ?? details.ship_to?.name ?? details.payer?.name;
  if (name === undefined || found.lines.length === 0) return null;
  if (!korean && [name, ...found.lines].some(talks)) return null;
  const { country, lines, city, region, postal_code } = found;
  return {
    country: country ?? setting.state.ship_to.country,
    ...(region ? { region } : {}),
    ...(postal_code ? { postal_code } : {}),
    name: name.slice(0, 200),
    lines: lines.slice(0, 4).map((line) => line.slice(0, 300)),
    ...(city ? { city } : {}),
    ...(phone ? { phone: phone.trim() } : {}),
  };
}

/** What is said, rather than where: no address and no name has these words. */
const TALK_EN =
  /(?<![\w.-])(?:i|i'd|i'll|i'm|i've|you|we|we'd|we'll|my|your|me|it|it's|is|are|was|be|been|would|could|should|can|can't|don't|do|does|did|won't|want|wait|rather|actually|instead|please|prefer|option|package|offer|choice|cheaper|lower|discount|what|which|how|when|why|there|that|this|them|these|those|if|but|maybe|still|think|take|give|make|have|need|know|change|cancel|order|yes|no|not|ok|okay|sure|thanks|same|dollars?|bucks|each|percent|months?|days?|weeks?|warranty|delivery)(?![\w-])/i;
/** The clause is addressed to the vendor: "I'd rather have option 1", "what about 36 months". */
export function talks(text: string): boolean {
  return TALK_EN.test(text.replace(/[’`]/g, "'"));
}

/** A house with its number before its street or behind it, a box, or a flat. */
const STREET_LINE =
  /^(?:p\.? ?o\.? box \d+|\d+[a-z]?(?:[-/]\d+[a-z]?)?,? (?:½ )?[\p{L}\d][\p{L}\d .'&#/-]*|\p{L}[\p{L} .'-]*? \d+[a-z]?(?:[-/]\d+)?)$/iu;

interface Place {
  readonly name?: string;
  readonly lines: string[];
  readonly city?: string;
  readonly region?: string;
  readonly postal_code?: string;
  readonly country?: string;
}

const KR_NAME =
  /^(?:(?:받는\s?(?:사람|분|이)|수령인|이름)(?:은|는)?\s*:?\s*)?([가-힣]{2,4}?)(?:이?고|이에요|예요|입니다|님|씨)?(?=[\s,]|$)/;

/** Numbers as speech recognition writes them: "올림픽로 삼백", "십층". */
function spokenNumbers(text: string): string {
  return text.replace(SPOKEN, (_, before: string, word: string) => `${before}${sectionOf(word) ?? word}`);
}

const SPOKEN = /((?:로|길)\s|(?<=\s))([일이삼사오육칠팔구십백천]+)(?=층|호|동|번지|\s|$)/g;

function koreanPlace(spoken: string): Place {
  const text = spokenNumbers(spoken);
  const postal = /(?<!\d)(\d{5})(?![\d-])/.exec(text.replace(/\d{6,}/g, " "));
  const clean = (postal ? text.replace(postal[0], " ") : text)
    .replace(/[()]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const regions = Object.keys(KR_REGIONS)
    .sort((a, b) => b.length - a.length)
    .join("|");
  const start = new RegExp(
    `(?:^|[\\s,])((?:${regions})(?:특별시|광역시|특별자치시|특별자치도|시|도)?(?=\\s)|[가-힣]{1,4}(?:시|군|구)(?=\\s))`,
  ).exec(clean);
  // Without city and district the street begins behind the name.
  const at = start
    ? start.index + start[0].length - (start[1]?.length ?? 0)
    : (/^[가-힣]{2,4}[\s,]+(?=[가-힣\d]+(?:로|길|동)\s?\d)/.exec(clean)?.[0].length ?? 0);
  const before = clean
    .slice(0, at)
    .replace(/(?:주소|배송지)(?:는|은)?\s*:?|[,.:/]/g, " ")
    .trim();
  const name =
    KR_NAME.exec(before)?.[1] ??
    /(?:받는\s?(?:사람|분)|수령인|이름)(?:은|는)?\s*:?\s*([가-힣]{2,4})(?=[\s,.]|$|입니다|이에요|예요)/.exec(
      clean.slice(at),
    )?.[1];
  const line = clean
    .slice(at)
    .replace(/[,\s]*(?:받는\s?(?:사람|분)|수령인|이름).*$/, "")
    .replace(/(?:으로|로)?\s*(?:보내|배송해|부탁|해)\s?(?:주세요|줘요?|드려요|드립니다)?[.!\s]*$/, "")
    .replace(/(?:입니다|이에요|예요|이요|이야|요)?[\s,./]*$/, "")
    .replace(/\s*\/\s*/g, " ")
    .trim();
  const tail = name === undefined ? /,\s*([가-힣]{2,4})$/.exec(line) : null;
  const short = Object.keys(KR_REGIONS).find((key) => line.startsWith(key));
  const city =
    short && /^(?:서울|부산|대구|인천|광주|대전|울산|세종)/.test(short)
      ? short
      : /(?:^|\s)([가-힣]{1,4}[시군])(?=\s)/.exec(line)?.[1];
  const person = name ?? tail?.[1];
  return {
    ...(person ? { name: person } : {}),
    lines:
      line === "" || !/\d/.test(line)
        ? []
        : [(tail ? line.slice(0, tail.index) : line).replace(/\s*,\s*/g, ", ")],
    ...(city ? { city } : {}),
    ...(short ? { region: KR_REGIONS[short] ?? short } : {}),
    ...(postal?.[1] ? { postal_code: postal[1] } : {}),
    country: "KR",
  };
}

/** An address as it is written in the West: name, street, city, region, postal code, country; all but the street may lack. */
export function westernPlace(text: string): Place {
  const parts = text
    .split(/\s*[,;\n]\s*/)
    .map((part) => part.trim().replace(/[.!]+$/, ""))
    .filter((part) => part !== "");
  // "to my sister, Lea Young, ...": who she is to them is no name.
  while (parts.length > 2 && /^(?:my|our|the)\s\D*$/i.test(parts[0] ?? "")) parts.shift();
  let country: string | undefined;
  let region: string | undefined;
  let postal_code: string | undefined;
  const last = parts.at(-1)?.toLowerCase() ?? "";
  if (parts.length > 1 && COUNTRIES[last]) {
    country = COUNTRIES[last];
    parts.pop();
  }
  const end =
    /^(.*?)\s*\b((?:\d{5}(?:-\d{4})?)|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/.exec(
      parts.at(-1) ?? "",
    );
  if (end) {
    postal_code = end[2] ?? "";
    parts[parts.length - 1] = (end[1] ?? "").trim();
    if (parts.at(-1) === "") parts.pop();
  }
  const tail = parts.at(-1) ?? "";
  const state = new RegExp(
    `^(.*?)(?:^|\\s)(${[...US_CODES].join("|")}|${Object.keys(US_STATES).join("|")})$`,
    "i",
  ).exec(tail);
  if (state && (parts.length > 1 || postal_code)) {
    region = US_STATES[(state[2] ?? "").toLowerCase()] ?? (state[2] ?? "").toUpperCase();
    parts[parts.length - 1] = (state[1] ?? "").trim();
    if (parts.at(-1) === "") parts.pop();
    if (postal_code && /^\d/.test(postal_code)) country ??= "US";
  }
  const province = country === "CA" ? /^(.*?)(?:^|\s)([A-Z]{2})$/.exec(parts.at(-1) ?? "") : null;
  if (province && CA_CODES.has(province[2] ?? "")) {
    region = province[2] ?? "";
    parts[parts.length - 1] = (province[1] ?? "").trim();
    if (parts.at(-1) === "") parts.pop();
  }
  const [first] = parts;
  const name =
    first !== undefined && !/\d/.test(first) && /^\p{L}[\p{L} .'&-]+$/u.test(first)
      ? parts.shift()
      : undefined;
  const fused =
    name === undefined ? /^([A-Z][a-z]+(?: [A-Z][a-z'.-]+){1,3}) (\d.*)$/.exec(parts[0] ?? "") : null;
  if (fused) parts[0] = fused[2] ?? "";
  const person = name ?? fused?.[1];
  const spoken = parts.length === 1 ? UNPUNCTUATED.exec(parts[0] ?? "") : null;
  if (spoken) parts.splice(0, 1, spoken[1] ?? "", spoken[2] ?? "");
  const city = parts.length > 1 ? parts.pop() : undefined;
  const street = parts.filter((part) => part !== "");
  return {
    ...(person ? { name: person.replace(/^(?:to|for|attn:?|name:?)\s+/i, "") } : {}),
    lines: street.some((line) => STREET_LINE.test(line)) ? street : [],
    ...(city ? { city } : {}),
    ...(region ? { region } : {}),
    ...(postal_code ? { postal_code } : {}),
    ...(country ? { country } : {}),
  };
}

/** "12 Oak Lane Denver", as speech recognition writes it: the city follows the kind of street. */
const UNPUNCTUATED =
  /^(\d.*?\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|terrace|square|parkway|pkwy|highway|hwy)\.?) (\p{L}[\p{L} .'-]+)$/iu;
