import type { PartialDetails } from "../domain/order.ts";
import { US_CODES } from "../domain/places.ts";
import { addressOf, EMAIL, KR_PLACE, PHONE, talks } from "./address.ts";
import { amended } from "./amend.ts";
import type { Setting } from "./setting.ts";

/** What a message tells for an order. */
export interface Told {
  readonly details: PartialDetails;
  /** The message without it, to be read for the rest. */
  readonly rest: string;
  /** An address that lacks a name or a street: what was told of it, for the question back. */
  readonly missing: string | null;
}

const PO =
  /(?:\b(?:my |our |the )?(?:po|p\.o\.|purchase[ -]order)(?: number| no\.?| #| ref(?:erence)?)?|(?:발주|구매\s?주문|주문)\s?번호)(?:은|는|이)?\s*(?:is|:|=|#|-)?\s*#?((?=[\w-]*\d)[A-Za-z0-9][\w/-]{0,60})(?:번|이에요|예요|입니다|이요|로)?/i;
const TO =
  /\b(?:(?:please )?(?:ship|send|deliver|mail)(?: (?:it|them|this|that|everything|the order))? to|(?:my |the |our )?(?:shipping |delivery |ship[- ]to )?address(?: is|:)|ship[- ]to:?)\s*:?\s*(?=\S)|(?:받는\s?(?:사람|분|이)|수령인|수취인|배송지|배송\s?주소|주소|보낼\s?곳)(?:는|은|이)?\s*:?\s*(?=\S)/i;
const NAMED =
  /\b(?:my name is|(?:the )?name(?: is|:)|i am called|(?:the |my |our )?bill(?:ing)?(?: it| this| me| should| shall)?(?: goes?| is)?(?: to| name(?: is|:)?|:)|(?:it |that )?(?:is |will be |to be )?billed to|payer(?: is|:)|invoice(?: it| this)?(?: goes| is)? to|under the name(?: of)?|(?:it's |it is |it will be |is )?paid (?:for )?by|charge(?: it| this)? to)\s*:?\s*((?!(?:and|my|the|e-?mail|i|at|is|on|please|but|phone|wrong|not)\b)[a-z][\p{L}.'-]*(?: (?:(?!(?:and|my|the|e-?mail|i|at|is|on|please|but|phone|wrong|not)\b)[a-z][\p{L}.'-]*|&)){0,5})|(?:제\s?이름은|이름은|이름:|성함은|(?:결제자|주문자|구매자)(?:는|은|도|:|(?=\s))|입금자(?:명)?(?:은|는|:)|결제(?:는|도)|결제(?=\s[가-힣]{2,4}\s+\S+@)|법인명은|상호(?:명)?(?:은|는)|회사\s?(?:명|이름)?은)\s*:?\s*(?:회사에서\s(?:하고|해요|할게요|합니다),?\s)?((?:주식회사\s?|\(주\))[가-힣A-Za-z0-9]{1,20}?|(?!회사에서|방법|수단|방식|카드|선결제|선불|후불|계좌|현금|무통장|할부|나중|지금|바로|언제|어떻게|다음|배송|받고|현장|페이|이메일|메일)[가-힣]{1,5}?|[A-Z][A-Za-z.&-]*(?:\s(?!\S*@)[A-Z][A-Za-z.&-]*){0,4}|[가-힣A-Za-z0-9]{1,20}(?:\(주\)|\s?주식회사))(?=이고|이에요|예요|입니다|이라고|라고|이요|로|으로|님|이며|[\s,.!]|$)/iu;

/** "bill Whitfield Studio LLC, ..."; with a capital it is somebody called Bill. */
const BILLED =
  /\bbill ((?!To\b)\p{Lu}[\p{L}\d.'&-]*(?: (?:\p{Lu}[\p{L}\d.'-]*|&|of|and)(?![\w@]))*)(?=\s*(?:[,;¦]|$|\s\S+@))/u;

/** Who pays, rather than only what somebody is called. */
const PAYS = /bill|payer|invoice|paid|charge|결제|입금|주문자|구매자|법인|상호|회사/i;
const TAX_ID = /사업자\s?(?:등록\s?)?번호(?:는|은)?\s*:?\s*(\d{3}-?\d{2}-?\d{5})/;
/** Stands where something was taken out. */
const GAP = "¦";

/** Finds an address, a name, an e-mail address and an order reference where the words announce them. */
export function toldIn(written: string, setting: Setting): Told {
  const raw = spelled(written);
  const later = amended(raw, setting);
  if (later) return { details: later, rest: "", missing: null };
  const details: PartialDetails = {};
  let rest = raw;
  const taxed = TAX_ID.exec(rest);
  if (taxed) rest = cut(rest, taxed);
  const tax_id = taxed?.[1];
  const po = PO.exec(rest);
  if (po?.[1] && !/status|where|track|cancel|어디|취소|조회/i.test(raw)) {
    // "PO-77" is one reference, "PO 77" is the reference 77.
    details.purchase_order = /\bPO-[\w/-]+/i.exec(po[0])?.[0] ?? po[1];
    rest = cut(rest, po);
  }
  const named = NAMED.exec(rest) ?? BILLED.exec(rest);
  const bare =
    setting.state.ask === "payer" && po ? payerName(rest.replaceAll(GAP, " "), setting) : undefined;
  const said = (named?.[1] ?? named?.[2])?.trim() ?? bare;
  const name = said !== undefined && ONESELF.test(said) ? knownName(setting) : said;
  const payer = named && PAYS.test(named[0]) ? name : undefined;
  if (named && payer !== undefined) rest = cut(rest, named);
  const email = EMAIL.exec(rest);

  const place = placeIn(rest, payer !== undefined, setting);
  if (place !== null) {
    const address = addressOf(place.text, setting, payer === undefined ? name : undefined);
    if (address) details.ship_to = address;
    const pays = payer ?? (email ? address?.name : undefined);
    if (pays !== undefined)
      details.payer = { name: pays, ...(email ? { email: email[0] } : {}), ...(tax_id ? { tax_id } : {}) };
    const before = named && payer === undefined ? place.rest.replace(named[0], " ") : place.rest;
    return { details, rest: tidy(before), missing: address ? null : place.text };
  }

  const answers = setting.state.ask === "payer" || setting.state.ask === "ship_to";
  const told = answers && name === undefined ? null : email;
  const known = name ?? setting.state.details.payer?.name ?? setting.state.details.ship_to?.name;
  if (known !== undefined && (name !== undefined || told)) {
    const before = setting.state.details.payer;
    details.payer = {
      ...(before?.name === known ? before : {}),
      name: known,
      ...(told ? { email: told[0] } : {}),
      ...(tax_id ? { tax_id } : {}),
    };
  }
  const missing = known === undefined && told ? told[0] : null;
  if (missing === null && Object.keys(details).length === 0) return { details, rest: written, missing };
  if (named && payer === undefined) rest = cut(rest, named);
  return { details, rest: tidy(rest), missing };
}

/** Where the goods shall go: what follows the words that announce it, or an answer that also says who pays. */
function placeIn(text: string, paid: boolean, setting: Setting): { text: string; rest: string } | null {
  const to = TO.exec(text) ?? SHAPED.exec(text);
  if (!to && !(paid && setting.state.ask === "ship_to")) return null;
  const from = to ? to.index + to[0].length : 0;
  const after = text.slice(from);
  const end = [after.indexOf(GAP), END_OF_PLACE.exec(after)?.index ?? -1].filter((at) => at > 0);
  const place = after.slice(0, Math.min(after.length, ...end));
  const located = /[,\n]/.test(place) || /\d{5}/.test(place) || KR_PLACE.test(place);
  if (!/\d/.test(place) || /\?\s*$/.test(place) || !located) return null;
  return { text: place, rest: `${text.slice(0, to?.index ?? 0)} ${after.slice(place.length)}` };
}

/** An address that nothing announces, told by its end: state and ZIP code behind a street with its number. */
const SHAPED = new RegExp(
  `(?<=^|[.!?¦]\\s+|\\n)(?=[^.!?¦\\n]*\\b\\d+ [^,¦\\n]+,[^¦\\n]*[ ,](?:${[...US_CODES].join("|")}),? \\d{5}(?!\\d))`,
);

/** A sentence ends behind the postal code or the country; "12 Main St. Springfield" has none. */
const END_OF_PLACE =
  /(?<=\d{4}|\b(?:USA?|U\.S\.A|korea|states|canada|japan))[.!;]\s+(?=\S)|(?<=[가-힣])[.!]\s+(?=\S)/i;

/** What is left to be read once the details are out, without the words that only led to them. */
function tidy(text: string): string {
  const rest = text
    .replace(EMAIL, " ")
    .replace(
      /\b(?:and )?(?:my |the |our )?e-?mail(?: address)?(?: is|:)?|이메일(?:은|:)?|메일(?:은|:)?|\bat\b/gi,
      " ",
    )
    .replace(/(?:\b(?:and|also|then)\b[\s,]*)+(?=¦|[.!]|$)/gi, " ")
    .replaceAll(GAP, " ")
    .replace(/\s+/g, " ")
    .replace(/(?:\s*[,.;!:])+\s*(?=[,.;!:])/g, "")
    .trim();
  return /^[\s,.]*(?:and|it's|it is|이고|입니다|이에요|예요)?[\s,.]*$/i.test(rest) ? "" : rest;
}

/** "pat at example dot com", as it is said. */
function spelled(text: string): string {
  return text.replace(
    /\b([\w+-]+(?: dot [\w+-]+)*) at ([\w-]+(?: dot [\w-]+)*) dot (com|net|org|io|co|edu|gov|kr)\b/gi,
    (_, user: string, host: string, top: string) =>
      `${user}@${host}.${top}`.replace(/ dot /gi, ".").toLowerCase(),
  );
}

/** The whole message as the answer to "where to?" or "who pays?". */
export function answerOf(written: string, setting: Setting): Told {
  const { state } = setting;
  const raw = spelled(written);
  const email = EMAIL.exec(raw);
  if (state.ask === "ship_to") {
    const stated = TO.exec(raw);
    const place = (stated ? cut(raw, stated) : raw).replace(LEAD_IN, "");
    const ship_to = addressOf(place, setting);
    const only = ship_to ? undefined : nameOnly(raw, email !== null);
    if (only !== undefined)
      return {
        details: { payer: { name: only, ...(email ? { email: email[0] } : {}) } },
        rest: "",
        missing: null,
      };
    if (!ship_to) return { details: {}, rest: raw, missing: raw };
    const payer = email ? { payer: { name: ship_to.name, email: email[0] } } : {};
    return { details: { ship_to, ...payer }, rest: "", missing: null };
  }
  const name = payerName(raw, setting);
  if (name === undefined) return { details: {}, rest: raw, missing: raw };
  return { details: { payer: { name, ...(email ? { email: email[0] } : {}) } }, rest: "", missing: null };
}

/** "Sure, it's Dana Whitfield, ...". */
const LEAD_IN =
  /^\s*(?:(?:ok(?:ay)?|sure|yes|yeah|right|great|fine|alright|thanks|here you go|it's|it is|this is|네|예|아|음)[\s,.!:]+)+/i;

/** Who it is for, told before where to; a Latin name only beside an e-mail address. */
function nameOnly(raw: string, mailed: boolean): string | undefined {
  const korean = NAME_KO.exec(raw.replace(EMAIL, " ").trim())?.[1];
  if (korean !== undefined) return SURNAME_KO.test(korean) ? korean : undefined;
  const name = raw
    .replace(EMAIL, " ")
    .replace(LEAD_IN, "")
    .replace(/[\s,;.]+$/, "")
    .trim();
  return mailed && likeName(name) ? name : undefined;
}

const SURNAME_KO =
  /^[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용계복빈봉사]/;

/** A person or a company, and nothing that is said to the vendor. */
function likeName(words: string): boolean {
  if (/^[가-힣]{2,4}$/.test(words)) return SURNAME_KO.test(words) && !/번째$|요$/.test(words);
  if (/[가-힣]/.test(words))
    return (
      /^[가-힣A-Za-z0-9()&.·\s]{2,40}$/.test(words) && words.split(/\s+/).length <= 4 && !SAYS_KO.test(words)
    );
  return /^[\p{L}\d][\p{L}\d .,'&()-]*$/u.test(words) && words.split(/\s+/).length <= 8 && !talks(words);
}

/** A Korean sentence: how verbs end, and what is asked or counted. */
const SAYS_KO =
  /(?:요|죠|까|다|네|게|래|줘|할인|데|면|얼마|언제|어디|번째|둘째|첫째)$|(?:^|\s)(?:더|좀|조금|다시|그냥|역시|안|못|말고|대신)(?=\s)|\d\s?번/;

const ONESELF = /^(?:저|제가|나|내가|본인|동일)(?:도|요|예요|이에요|입니다)?$/;

/** Whoever is known by name: who it goes to, else who pays. */
function knownName({ state: { details } }: Setting): string | undefined {
  return details.ship_to?.name ?? details.payer?.name;
}

/** A name and nothing else: whoever it is sent to is taken to pay, until somebody else is named. */
const NAME_KO =
  /^(?:(?:받는\s?(?:사람|분|이)|수령인|이름)(?:은|는)?\s*:?\s*)?([가-힣]{2,4}?)(?:이?고요?|이에요|예요|입니다|이요|요|님|씨|이야)?[.!,]?$/;
/** "제가 결제할게요", "결제자도 저예요". */
const SELF =
  /^(?:(?:결제|입금)(?:자)?(?:는|도|은)?\s*)?(?:제가|내가|저도|저|나|본인|동일인?)(?:이)?\s?(?:(?:결제|입금)\s?(?:할게요?|해요?|함|합니다|하겠습니다|할래요?)?|입니다|이에요|예요|에요|이요|요|임|야)?[\s.,!]*$/;

const SAME =
  /^(?:(?:the )?same(?: person| name| as (?:above|shipping|before))?|me|myself|it's me|본인(?:이요|이에요|입니다|요)?|저(?:요|예요)?|나|제가|동일(?:해요|합니다)?|같아요|(?:받는 ?사람(?:이랑|과|하고) ?)?(?:같은|동일한) ?(?:사람|이름)(?:이요|이에요|입니다)?|위와 ?같(?:아요|음|습니다))[.!]?$/i;

function payerName(raw: string, setting: Setting): string | undefined {
  const known = knownName(setting);
  const unmailed = raw.replace(EMAIL, " ").trim();
  if (SAME.test(unmailed) || SELF.test(unmailed)) return known;
  const named = NAMED.exec(raw) ?? BILLED.exec(raw);
  const stated = named?.[1] ?? named?.[2];
  const words = (stated ?? raw.replace(EMAIL, " ").replace(PHONE, " "))
    .replace(/^(?:it's|it is|this is|i'm|i am|저는|이름은|pay(?:er|ing) (?:is|by)|bill (?:it )?to)\s+/i, "")
    .replace(/^for\s+/i, "")
    // An address spelled out in Korean letters is no part of the name, and cannot be written back.
    .replace(/\s+\S+\s?골뱅이.*$/, "")
    .replace(/^결제(?:자)?(?:는|은|도)?\s+/, "")
    .replace(/(?:\b(?:and )?(?:my |the )?e-?mail(?: address)?(?: is|:)?|(?:이)?메일(?:은|:)?)\s*/gi, " ")
    .replace(
      /(?:이고요?|이에요|예요|입니다|이요|라고 ?합니다|으로 ?해 ?주세요|로 ?해 ?주세요|앞으로)[\s.,]*$/,
      "",
    )
    .replace(/[,;.\s]+$/, "")
    .replace(/^[,;.\s]+/, "")
    .replace(/\s+/g, " ");
  if (words === "") return EMAIL.test(raw) ? known : undefined;
  if (/\p{L}{2}/u.test(words) && words.length <= 80 && (stated !== undefined || likeName(words)))
    return words;
  // Talk beside an e-mail address: it is for whoever is known.
  return EMAIL.test(raw) ? known : undefined;
}

function cut(text: string, found: RegExpExecArray): string {
  return `${text.slice(0, found.index)} ${GAP} ${text.slice(found.index + found[0].length)}`;
}
