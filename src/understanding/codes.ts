export interface Codes {
  readonly codes: readonly string[];
  readonly rest: string;
}

const NAMED =
  /(?:(?:promo|coupon|discount|voucher|referral)?[ -]?code|coupon|voucher|promo|(?:할인|쿠폰|프로모션|추천인)\s?(?:코드|번호)|코드|쿠폰)(?:는|은|이|가|를)?,?\s*(?:is|:|=|-)?\s*["']?([A-Za-z0-9][A-Za-z0-9_-]{2,39})["']?/gi;
const BEFORE_NAME =
  /(?:use|apply|have|enter|redeem|with|both)\s+["']?((?=[\d_-]*[A-Z])[A-Z0-9][A-Z0-9_-]{2,39})["']?(?=\s*(?:$|[.,!?]|as (?:a )?(?:code|coupon)|at checkout|code|coupon|discount|(?:and|plus|&)\s+[A-Z]+\d))|["']?([A-Z]{2,}[A-Z0-9_-]*\d[A-Z0-9_-]*)["']?\s?(?:코드|쿠폰)(?:로|을|를|도)?/g;
/** A second code beside one already named. */
const BESIDE =
  /(?:¦\s*(?:and|plus|&|,|or|하고|랑|이랑|와|과)\s*)([A-Z]{3,}[A-Z0-9_-]*\d[A-Z0-9_-]*)(?![\w-])/g;
/** A code by itself, or asked about: "WELCOME10", "is WELCOME10 valid?", "WELCOME10 되나요?". */
const ALONE =
  /^\s*["']?([A-Z]{4,}\d{1,4})["']?\s*[.!?]*$|\b([A-Z]{4,}\d{1,4})(?=["']?\s*(?:still\s+)?(?:valid|good|work(?:s|ing)?|accepted|active)\b)|(?<![\w-])([A-Z]{4,}\d{1,4})(?=(?:은|는|이|가|도|을|를)?\s?(?:되나요|돼요|될까요|쓸\s?수|써도|유효|적용|사용|가능|먹히|쓰고|써서|넣고|입력))/g;
/** What goods are with, in capitals as a code is: "a monitor with USB-C". */
const FEATURE =
  /^(?:usb(?:[-_]?[abc]|[-_]?\d.*)?|type-?c|hdmi.*|ddr\d.*|wi-?fi.*|lte|nfc|gps|ssd|hdd|nvme|ram|sata.*|pcie.*|rgb|ips|o?led|amoled|qled|lcd|[uqf]hd|hdr\d*|vesa|anc|poe|rtx.*|gtx.*|rj-?\d+|ip\d\d)$/i;
/** Words that follow "code" without being one. */
const NO_CODE =
  /^(?:for|to|that|please|is|on|and|or|at|the|works?|valid|applied|discount|do|you|can|i|have|any|there|off|from|your)$/i;

/** Takes discount codes out of `raw`, whose capitals matter; codes are kept as written. */
export function takeCodes(raw: string): Codes {
  const codes: string[] = [];
  const keep = (whole: string, first?: string, second?: string, third?: string) => {
    const code = first ?? second ?? (typeof third === "string" ? third : "");
    if (NO_CODE.test(code) || FEATURE.test(code) || !(/\d/.test(code) || code === code.toUpperCase()))
      return whole;
    if (codes.length < 5) codes.push(code);
    return " ¦ ";
  };
  const rest = raw.replace(NAMED, keep).replace(BEFORE_NAME, keep).replace(BESIDE, keep).replace(ALONE, keep);
  return { codes, rest };
}
