/** What personal data looks like. The order matters: what comes first is taken out before the rest is looked at. */
export type Kind =
  | "email"
  | "card"
  | "resident"
  | "account"
  | "phone"
  | "tax_id"
  | "reference"
  | "street"
  | "unit"
  | "road"
  | "building"
  | "postal"
  | "name";

export interface Pattern {
  readonly kind: Kind;
  /** With the flags `d`, `g` and `u`; the first group that matched is what is masked, the whole without one. */
  readonly regex: RegExp;
}

const STREET_END =
  "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Parkway|Pkwy|Highway|Hwy|Square|Circle|Trail|Broadway)";
const STREET_WORD =
  "(?!(?:of|them|the|on|to|for|in|and|a|an|my|by|at|is|are|it|or|per|each|x)\\b)[\\p{L}\\d.'-]+";

export const PATTERNS: readonly Pattern[] = [
  { kind: "email", regex: /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}/dgu },
  { kind: "resident", regex: /(?<!\d)\d{6}\s?-\s?[1-8]\d{6}(?!\d)/dgu },
  { kind: "resident", regex: /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/dgu },
  { kind: "tax_id", regex: /(?<!\d)\d{3}-\d{2}-\d{5}(?!\d)/dgu },
  {
    kind: "card",
    regex: /(?<![\d-])(?:\d{4}[ -]?){3}\d{1,7}(?![\d-])|(?<![\d-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\d-])/dgu,
  },
  {
    kind: "phone",
    regex: /(?<![\d-])(?:\+82[ -]?|0)(?:2|1[016-9]|[3-6][1-5]|70|50\d)[ .-]?\d{3,4}[ .-]?\d{4}(?![\d-])/dgu,
  },
  { kind: "phone", regex: /(?<![\d-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])/dgu },
  { kind: "phone", regex: /(?<![\d-])\+\d{1,3}[ .-]?(?:\d{2,4}[ .-]?){2,4}\d{2,4}(?![\d-])/dgu },
  {
    kind: "account",
    regex:
      /(?:계좌(?:\s?번호)?|account(?: number| no\.?)?|IBAN)(?:는|은|이)?\s*(?:is|:|#)?\s*((?=[\w -]*\d{3})[A-Z]{0,2}\d[\d -]{6,30}\d)/dgiu,
  },
  {
    kind: "reference",
    regex:
      /(?:\b(?:po|p\.o\.|purchase[ -]order|order|payment|transaction|invoice|tracking|reference|receipt|booking) ?(?:number|no\.?|id|ref(?:erence)?|code|#)|(?:발주|구매\s?주문|주문|결제|거래|승인|송장|운송장|영수증|입금|참조)\s?번호)(?:은|는|이)?\s*(?:is|:|=|#)?\s*#?((?=[A-Za-z\d-]*\d{2})[A-Za-z\d]+(?:[-/][A-Za-z\d]+)*)/dgiu,
  },
  {
    kind: "reference",
    regex:
      /\b(?:po|purchase order|payment|transaction|invoice|tracking|reference|receipt|booking)(?: is|:)?\s+#?((?=[A-Za-z\d-]*\d{3})[A-Za-z\d]+(?:[-/][A-Za-z\d]+)*)(?!\s?(?:%|days|months|[.,]\d))/dgiu,
  },
  { kind: "reference", regex: /\bPO-[\w/-]*\d[\w/-]*/dgiu },
  { kind: "reference", regex: /\b(?:pi|ch|pm|cus|txn|pay)_[A-Za-z\d]{8,}\b/dgu },
  {
    kind: "street",
    regex: new RegExp(`(?<![\\d$.,])\\d{1,6}\\s+(?:${STREET_WORD}\\s+){1,4}${STREET_END}\\b`, "dgiu"),
  },
  {
    kind: "unit",
    regex: /\b(?:Apt|Apartment|Suite|Ste|Unit|Flat)\.?\s*#?((?=[A-Z\d-]*\d)[A-Z\d-]{1,8}|[A-Z])\b/dgiu,
  },
  { kind: "unit", regex: /(?<!\d)(\d{1,4}동\s?\d{1,4}호|\d{1,4}동(?=\s\d+호)|\d{2,4}호(?![가-힣]?실))/dgu },
  {
    kind: "road",
    regex:
      /(?:[가-힣]+(?:시|군|구|읍|면|도)\s+)((?!(?:[가-힣]+(?:시|군|구|도))\s)[가-힣]+(?:\d+)?(?:대로|로|길)(?:\s?\d+번?길)?\s?\d+(?:-\d+)?)/dgu,
  },
  {
    kind: "road",
    regex: /(?:[가-힣]+(?:시|군|구)\s+)([가-힣]+(?:동|읍|면|리|가)\s\d+(?:-\d+)?)(?:번지)?/dgu,
  },
  {
    kind: "building",
    regex: /([가-힣A-Za-z\d]{2,12}?)(?=(?:아파트|빌딩|타워|오피스텔|빌라|맨션|빌리지)(?:[\s,.\d]|$))/dgu,
  },
  {
    kind: "postal",
    regex:
      /(?<=\b(?:AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY),? )\d{5}(?:-\d{4})?(?!\d)/dgu,
  },
  {
    kind: "postal",
    regex:
      /(?:\b(?:zip|postal)(?: ?code)?|우편\s?번호)(?:는|은|이)?\s*(?:is|:)?\s*\(?(\d{5}(?:-\d{4})?)(?!\d)/dgiu,
  },
  {
    kind: "name",
    regex:
      /\b(?:[Mm]y name is|[Nn]ame(?: is|:)|[Ii] am called|[Aa]ttn:?|ATTN:?|[Cc]\/o|[Rr]ecipient(?: is|:)?|[Pp]ayer(?: is|:)?|[Cc]ard ?holder(?: is|:)?)\s+(\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'.-]+){0,3})/dgu,
  },
  {
    kind: "name",
    regex:
      /\b(?:[Tt]his is|I am|I'm|[Dd]eliver(?: it)? to|[Ss]hip(?: it)? to|[Bb]ill(?: it)? to|[Mm]rs?\.|[Mm]s\.|[Dd]ear)\s+(\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'.-]+){1,3})/dgu,
  },
  {
    kind: "name",
    regex:
      /\b(?:husband|wife|partner|son|daughter|brother|sister|mother|father|colleague|boss|assistant|friend|neighbou?r|roommate),?\s+(\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'.-]+){0,2})/dgu,
  },
  {
    kind: "name",
    regex: /(?<![가-힣])([가-힣]{2,4}?)(?=이?라고\s?(?:합니다|불러|부르))/dgu,
  },
  {
    kind: "name",
    regex: /(?<![\p{L}\d])(\p{Lu}\p{Ll}+(?: \p{Lu}\.)?(?: \p{Lu}[\p{L}'-]+){1,2})(?=, \ue000)/dgu,
  },
  {
    kind: "name",
    regex:
      /(?:제\s?이름은|이름은|이름:|성함은|성함:|받는\s?(?:사람|분|이)(?:은|는|:)?|수령인(?:은|:)?|수취인(?:은|:)?|주문자(?:는|:)?|결제자(?:는|:)?|입금자(?:명)?(?:은|는|:)?|예금주(?:는|:)?|명의자?(?:는|:)?)\s*([가-힣]{2,4}?)(?=이고|이에요|예요|입니다|이라고|라고|이며|님|씨|[\s,.!]|$)/dgu,
  },
  {
    kind: "name",
    regex: /(?<![가-힣])([가-힣]{2,4})(?=\s?[님씨](?:[\s,.!]|께|이|은|의|가|를|도|한테|에게|$))/dgu,
  },
];
