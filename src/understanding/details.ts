import type { Address, PartialDetails } from "../domain/order.ts";
import { COUNTRIES, KR_REGIONS, US_CODES, US_STATES } from "./places.ts";
import type { Setting } from "./setting.ts";

/** What a message tells for an order. */
export interface Told {
  readonly details: PartialDetails;
  /** The message without it, to be read for the rest. */
  readonly rest: string;
  /** An address that lacks a name or a street: what was told of it, for the question back. */
  readonly missing: string | null;
}

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const PO =
  /(?:\b(?:my |our |the )?(?:po|p\.o\.|purchase[ -]order)(?: number| no\.?| #| ref(?:erence)?)?|(?:발주|구매\s?주문|주문)\s?번호)(?:은|는|이)?\s*(?:is|:|=|#)?\s*#?((?=[\w-]*\d)[A-Za-z0-9][\w/-]{0,60})(?:번|이에요|예요|입니다|이요|로)?/i;
const TO =
  /\b(?:(?:please )?(?:ship|send|deliver|mail)(?: (?:it|them|this|that|everything|the order))? to|(?:my |the |our )?(?:shipping |delivery |ship[- ]to )?address(?: is|:)|ship[- ]to:?)\s*:?\s*(?=\S)|(?:받는\s?(?:사람|분|이)|수령인|수취인|배송지|배송\s?주소|주소|보낼\s?곳)(?:는|은|이)?\s*:?\s*(?=\S)/i;
const NAMED =
  /\b(?:my name is|(?:the )?name(?: is|:)|i am called|bill(?: it| this)? to|billed to|payer(?: is|:)|invoice to|under the name(?: of)?|paid by)\s*:?\s*((?!(?:and|my|the|e-?mail|i|at|is|on|please|but|phone|wrong|not)\b)[a-z][\p{L}.'-]*(?: (?:(?!(?:and|my|the|e-?mail|i|at|is|on|please|but|phone|wrong|not)\b)[a-z][\p{L}.'-]*|&)){0,5})|(?:제\s?이름은|이름은|이름:|성함은|(?:결제자|주문자|구매자)(?:는|:)|입금자(?:명)?(?:은|는|:)|결제는)\s*:?\s*([가-힣]{2,5}?|[A-Z][A-Za-z .&-]{1,40}?|(?:주식회사\s?|\(주\))[가-힣A-Za-z0-9]{1,20}|[가-힣A-Za-z0-9]{1,20}(?:\(주\)|\s?주식회사))(?=이고|이에요|예요|입니다|이라고|라고|이요|로|으로|님|이며|[\s,.!]|$)/iu;
const PHONE = /(?<!\d)(?:\+?\d{1,3}[ -]?)?(?:\(\d{3}\)\s?|(?<!\d)\d{2,3}[ .-])\d{3,4}[ .-]\d{4}\b/;
const KR_PLACE =
  /(?:[가-힣]+(?:특별시|광역시|특별자치시|특별자치도|도|시|군|구|읍|면|동|로|길)(?=[\s\d,]|$)).*\d/;

/** Finds an address, a name, an e-mail address and an order reference where the words announce them. */
export function toldIn(raw: string, setting: Setting): Told {
  const details: PartialDetails = {};
  let rest = raw;
  let missing: string | null = null;
  const po = PO.exec(rest);
  if (po?.[1] && !/status|where|track|cancel|어디|취소|조회/i.test(raw)) {
    details.purchase_order = po[1];
    rest = cut(rest, po);
  }
  const to = TO.exec(rest);
  const place = to ? rest.slice(to.index + to[0].length) : "";
  if (
    to &&
    /\d/.test(place) &&
    !/\?\s*$/.test(place) &&
    (/[,\n]/.test(place) || /\d{5}/.test(place) || KR_PLACE.test(place))
  ) {
    const address = addressOf(place, setting);
    if (address) details.ship_to = address;
    else missing = place;
    const email = EMAIL.exec(place);
    if (email && address) details.payer = { name: address.name, email: email[0] };
    return { details, rest: rest.slice(0, to.index), missing };
  }
  const named = NAMED.exec(rest);
  const name = named?.[1] ?? named?.[2];
  const answers = setting.state.ask === "payer" || setting.state.ask === "ship_to";
  const email = answers && name === undefined ? null : EMAIL.exec(rest);
  const payer = name?.trim() ?? setting.state.details.payer?.name ?? setting.state.details.ship_to?.name;
  if (payer !== undefined && (name !== undefined || email)) {
    const before = setting.state.details.payer;
    details.payer = {
      ...(before?.name === payer ? before : {}),
      name: payer.trim(),
      ...(email ? { email: email[0] } : {}),
    };
  } else if (email) missing = email[0];
  if (named) rest = cut(rest, named);
  const again = EMAIL.exec(rest);
  if (again)
    rest = cut(rest, again).replace(
      /\b(?:and )?(?:my |the )?e-?mail(?: address)?(?: is|:)?|이메일(?:은|:)?|메일(?:은|:)?|\bat\b/gi,
      " ",
    );
  return {
    details,
    rest: announced(details, missing)
      ? rest.replace(/^[\s,.]*(?:and|이고|입니다|이에요|예요)?[\s,.]*$/i, "")
      : raw,
    missing,
  };
}

function announced(details: PartialDetails, missing: string | null): boolean {
  return missing !== null || Object.keys(details).length > 0;
}

/** The whole message as the answer to "where to?" or "who pays?". */
export function answerOf(raw: string, setting: Setting): Told {
  const { state } = setting;
  const email = EMAIL.exec(raw);
  if (state.ask === "ship_to") {
    const stated = TO.exec(raw);
    const place = stated ? cut(raw, stated) : raw;
    const ship_to = addressOf(place, setting);
    if (!ship_to) return { details: {}, rest: raw, missing: raw };
    const payer = email ? { payer: { name: ship_to.name, email: email[0] } } : {};
    return { details: { ship_to, ...payer }, rest: "", missing: null };
  }
  const name = payerName(raw, setting);
  if (name === undefined) return { details: {}, rest: raw, missing: raw };
  return { details: { payer: { name, ...(email ? { email: email[0] } : {}) } }, rest: "", missing: null };
}

const SAME =
  /^(?:(?:the )?same(?: person| name| as (?:above|shipping|before))?|me|myself|it's me|본인(?:이요|이에요|입니다|요)?|저(?:요|예요)?|나|제가|동일(?:해요|합니다)?|같아요|(?:받는 ?사람(?:이랑|과|하고) ?)?(?:같은|동일한) ?(?:사람|이름)(?:이요|이에요|입니다)?|위와 ?같(?:아요|음|습니다))[.!]?$/i;

function payerName(raw: string, setting: Setting): string | undefined {
  const known = setting.state.details.ship_to?.name ?? setting.state.details.payer?.name;
  if (SAME.test(raw.trim())) return known;
  const named = NAMED.exec(raw);
  const stated = named?.[1] ?? named?.[2];
  const words = (stated ?? raw.replace(EMAIL, " ").replace(PHONE, " "))
    .replace(/^(?:it's|it is|this is|i'm|i am|저는|이름은|pay(?:er|ing) (?:is|by)|bill (?:it )?to)\s+/i, "")
    .replace(/^for\s+/i, "")
    .replace(/(?:\b(?:and )?(?:my |the )?e-?mail(?: address)?(?: is|:)?|(?:이)?메일(?:은|:)?)\s*/gi, " ")
    .replace(
      /(?:이고요?|이에요|예요|입니다|이요|라고 ?합니다|으로 ?해 ?주세요|로 ?해 ?주세요|앞으로)[\s.,]*$/,
      "",
    )
    .replace(/[,;.\s]+$/, "")
    .replace(/^[,;.\s]+/, "")
    .replace(/\s+/g, " ");
  if (words === "") return EMAIL.test(raw) ? known : undefined;
  return /\p{L}{2}/u.test(words) && words.length <= 80 ? words : undefined;
}

/** An address out of words; null when it has no name or no street line. */
export function addressOf(text: string, setting: Setting): Address | null {
  const phone = PHONE.exec(text)?.[0];
  const plain = text
    .replace(PHONE, " ")
    .replace(EMAIL, " ")
    .replace(
      /(?:전화(?:번호)?|연락처|휴대폰|번호|phone|tel|우편\s?번호|이메일|email|zip(?: code)?)(?:는|은|is)?\s*:?\s*(?=[\s,\d]|$)/gi,
      " ",
    );
  const korean = KR_PLACE.test(plain);
  const found = korean ? koreanPlace(plain) : westernPlace(plain);
  const name = found.name ?? setting.state.details.ship_to?.name ?? setting.state.details.payer?.name;
  if (name === undefined || found.lines.length === 0) return null;
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

interface Place {
  readonly name?: string;
  readonly lines: string[];
  readonly city?: string;
  readonly region?: string;
  readonly postal_code?: string;
  readonly country?: string;
}

const KR_NAME =
  /^(?:(?:받는\s?(?:사람|분|이)|수령인|이름)(?:은|는)?\s*:?\s*)?([가-힣]{2,4}?)(?:이고|이에요|예요|입니다|님|씨)?(?=[\s,]|$)/;

function koreanPlace(text: string): Place {
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
  const at = start ? start.index + start[0].length - (start[1]?.length ?? 0) : 0;
  const before = clean
    .slice(0, at)
    .replace(/(?:주소|배송지)(?:는|은)?\s*:?|[,.:]/g, " ")
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
    .replace(/(?:입니다|이에요|예요|이요|요)?[\s,.]*$/, "")
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

function westernPlace(text: string): Place {
  const parts = text
    .split(/\s*[,;\n]\s*/)
    .map((part) => part.trim().replace(/[.!]+$/, ""))
    .filter((part) => part !== "");
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
  if (state && parts.length > 1) {
    region = US_STATES[(state[2] ?? "").toLowerCase()] ?? (state[2] ?? "").toUpperCase();
    parts[parts.length - 1] = (state[1] ?? "").trim();
    if (parts.at(-1) === "") parts.pop();
    if (postal_code && /^\d/.test(postal_code)) country ??= "US";
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
  const city = parts.length > 1 ? parts.pop() : undefined;
  const street = parts.filter((part) => part !== "");
  return {
    ...(person ? { name: person.replace(/^(?:to|for|attn:?|name:?)\s+/i, "") } : {}),
    lines: street.some((line) => /\d/.test(line)) ? street : [],
    ...(city ? { city } : {}),
    ...(region ? { region } : {}),
    ...(postal_code ? { postal_code } : {}),
    ...(country ? { country } : {}),
  };
}

function cut(text: string, found: RegExpExecArray): string {
  return `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
}
