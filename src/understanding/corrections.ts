import type { ActOf, WantedLine } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Offer } from "../domain/offer.ts";
import { settled } from "./clause.ts";
import { type Heard, sure } from "./heard.ts";
import { colourIn } from "./items.ts";
import type { Setting } from "./setting.ts";

/**
 * A word that puts right what stands, and says no more: "fifteen, not fifty", "not the red ones, the browns", "double it".
 * Null when the message is none, or when the offer holds several products and it may be any of them.
 */
export function corrected(raw: string, setting: Setting): Heard | null {
  const { offer, quantity } = setting;
  if (!offer || raw.length > LONGEST || /[?？]/.test(raw)) return null;
  const text = settled(raw, setting)
    .replace(/[.!~…ㅋㅎㅠ\s]+$/, "")
    .replace(LEAD, "")
    .trim();
  if (quantity === null) return oneOfSeveral(text, offer, setting);
  const count = countOf(text, quantity);
  if (count !== null) return propose(setting, { item: { ref: "offer" }, quantity: count });
  const [right, wrong] = contrastOf(text) ?? [];
  return right === undefined ? null : put(right.trim(), wrong?.trim(), setting);
}

/** "Make the laptop white instead", "의자는 그레이로요": one line in another colour or size, and the others as they are. */
function oneOfSeveral(text: string, offer: Offer, setting: Setting): Heard | null {
  const [, noun = "", value = ""] = ONE_LINE.exec(text) ?? ONE_LINE_KO.exec(text) ?? [];
  const color = colourIn(value.replace(PLURAL, "$1"), setting);
  const size = sized(value.trim(), undefined);
  const about = offer.lines.filter(
    ({ title, gift }) => !gift && title.toLowerCase().includes(noun.replace(/s$/, "")),
  );
  const [line] = about;
  if (noun.length < 2 || !line || about.length > 1 || (color === undefined && size === null)) return null;
  const name = line.title
    .toLowerCase()
    .replace(setting.lexicon.colour, " ")
    .replace(/[,\s]+/g, " ")
    .trim();
  const options: Record<string, string> = color === undefined ? { size: size ?? "" } : { color };
  const act: ActOf<"propose"> = {
    ...{ act: "propose", counters: offer.id, remove: [{ sku: line.sku }] },
    lines: [{ item: { query: name, options }, quantity: line.quantity }],
  };
  return { ...sure(0.88, act), whole: true };
}

const ONE_LINE =
  /^(?:please |and |then |can you |could you )*(?:make|change|switch|swap) (?:the |my )?([a-z][a-z ]{1,24}?) (?:to |into |for |in )?(?:the |a )?([a-z0-9 .]{2,16}?)(?: one)?(?: instead)?(?: please)?$/;
const ONE_LINE_KO =
  /^([가-힣a-z0-9 ]{1,16}?)(?:은|는|을|를|만)? ([가-힣a-z0-9 ]{2,10}?)(?:으로|로)(?:요| ?(?:바꿔|변경|해|할게|부탁|주).*)?$/;

const LONGEST = 120;
const LEAD =
  /^(?:(?:no|nope|wait|sorry|oops|uh|um|hmm|actually|hang on|my mistake|that's right|that is right|agreed|yes|ok|okay|correct|아니+요?|앗|아|음|저기|잠깐만?요?|죄송(?:한데|해요|합니다)?요?|네|맞는데요?|다 맞는데|동의합니다|좋아요|다만)[\s,.!]+)+/;

function propose({ offer }: Setting, line: WantedLine): Heard | null {
  // Other goods take the place of those that stand; only a count is a change of them.
  const swaps = !("ref" in line.item) || line.item.options || offer === null ? {} : { counters: offer.id };
  return { ...sure(0.88, { act: "propose", lines: [line], ...swaps }), whole: true };
}

/** "Double it", "one too many", "하나만 줄여 주세요": a count by the one that stands. */
function countOf(text: string, standing: number): number | null {
  const times = TIMES.find(([, pattern]) => pattern.test(text))?.[0];
  const count = times !== undefined ? standing * times : FEWER.test(text) ? standing - 1 : null;
  return count !== null && Number.isInteger(count) && count >= 1 && count <= BOUNDS.quantity ? count : null;
}

const TIMES: readonly (readonly [number, RegExp])[] = [
  [
    2,
    /^(?:please |let's |can you |just )*(?:double|twice) (?:it|that|them|the (?:order|quantity|amount|count|number))(?: (?:please|then))?$|^(?:make (?:it|that) |i'll take |give me )?twice (?:as many|that many|the (?:amount|quantity|number))(?: please)?$|^(?:수량(?:은|을|만)? ?)?(?:두|2) ?배로(?:\s?(?:해|주|할게|늘려|부탁).*)?$/,
  ],
  [
    3,
    /^(?:please )?(?:triple) (?:it|that|the (?:order|quantity|amount|count))(?: please)?$|^(?:수량(?:은|을|만)? ?)?(?:세|3) ?배로(?:\s?(?:해|주|할게|늘려|부탁).*)?$/,
  ],
  [
    0.5,
    /^(?:please )?(?:halve (?:it|that|the (?:order|quantity|amount))|(?:make it |just |only )?half (?:as many|that many|of (?:them|those)|the (?:quantity|number)))(?: please)?$|^(?:수량(?:은|을|만)? ?)(?:절반|반)(?:만|으로)(?:\s?(?:해|주|할게|줄여|부탁).*)?$/,
  ],
];
const FEWER =
  /\b(?:1|one) too many$|^(?:make it |just )?(?:1|one) (?:fewer|less)(?: please)?$|^(?:하나|1개|1대)(?:만)? ?(?:덜|줄여|빼).*$/;

/** What shall stand and, where it is said, what stands wrongly. */
function contrastOf(text: string): readonly [right: string, wrong: string | undefined] | null {
  for (const [pattern, right, wrong] of CONTRASTS) {
    const found = pattern.exec(text);
    const [meant, given] = [found?.[right], wrong === null ? undefined : found?.[wrong]];
    if (meant !== undefined) return [meant, given];
  }
  return null;
}

const SAID = "(?:i (?:said|meant|mean|want|wanted|asked for|ordered) |it's |it should be |make it |that's )?";
const CONTRASTS: readonly (readonly [RegExp, number, number | null])[] = [
  [new RegExp(`^${SAID}(?:the )?(.{1,30}?),? (?:not|instead of|rather than) (?:the )?(.{1,30})$`), 1, 2],
  [/^not (?:the )?(.{1,30}?)(?:,| but) (?:but )?(?:the |it's )?(.{1,30})$/, 2, 1],
  [
    /^i (?:said|asked for|wanted|ordered|meant) (?:the )?(.{1,30}?),? (?:but |and )?(?:this is|you (?:have|put|wrote|gave me)|it says|here it's) (?:the )?(.{1,30})$/,
    1,
    2,
  ],
  [
    /(?:quantity|count|number of (?:units|pieces)|colou?r|size)[\s,]+(?:it )?(?:should|must|has to|needs to|ought to) be (.{1,20})$/,
    1,
    null,
  ],
  [/^(.{1,20}?) ?(?:이|가)? ?(?:말고|말구|아니고|아니라|아니구)(?:요)?[,.\s]+(.{1,20})$/, 2, 1],
  [
    /^(.{1,20}?)(?:이라고|라고|으로|로) ?(?:했는데|말했는데|주문했는데|부탁했는데|말씀드렸는데)[,.\s]+(.{1,20}?)(?:으로|로)(?: .*)?$/,
    1,
    2,
  ],
  [/(?:수량|개수|색상|색깔|색|사이즈|크기)(?:은|는|이|가|만|을)? (.{1,15})$/, 1, null],
];

/** A count, a colour, a size or a name in the place of what stands. */
function put(said: string, wrong: string | undefined, setting: Setting): Heard | null {
  const right = said
    .replace(ENDING, "")
    .replace(/\b(?:ones?|please|thanks)\b/g, "")
    .trim();
  const standing = setting.quantity;
  const number = COUNT.exec(right)?.[1];
  if (number !== undefined) {
    const counts = wrong === undefined || Number(COUNT.exec(wrong)?.[1]) === standing;
    const count = Number(number);
    if (!counts || /[$₩]/.test(wrong ?? "") || count < 1 || count > BOUNDS.quantity) return null;
    return propose(setting, { item: { ref: "offer" }, quantity: count });
  }
  if (/[$₩]|\d(?:원|만|달러)|dollars|bucks/.test(right)) return null;
  const quantity = standing === null ? {} : { quantity: standing };
  const color = colourIn(right.replace(PLURAL, "$1"), setting);
  // Another size of what is only pointed at may be another thing altogether.
  const size = wrong !== undefined && POINTED.test(wrong) ? null : sized(right, wrong);
  if (color !== undefined)
    return propose(setting, { item: { ref: "offer", options: { color } }, ...quantity });
  if (size) return propose(setting, { item: { ref: "offer", options: { size } }, ...quantity });
  const words = right.replace(/^(?:the|a|an|그|저) /, "");
  if (wrong === undefined || !stands(wrong, setting) || /\d/.test(words) || words.split(" ").length > 2)
    return null;
  return words.length < 2 ? null : propose(setting, { item: { query: words }, ...quantity });
}

/** Something of what is on the table is named, or pointed at. */
function stands(words: string, { offer }: Setting): boolean {
  const titles = (offer?.lines ?? []).map(({ title }) => title.toLowerCase()).join(" ");
  return (
    POINTED.test(words) ||
    words.split(" ").some((word) => word.length > 1 && titles.includes(word.replace(/s$/, "")))
  );
}

const POINTED = /^(?:that|this|it|그거|이거|그것|이것)$/;
const COUNT = /^(\d{1,4})(?: ?(?:개|대|세트|박스|장|병|권|통|units?|pieces?|pcs|of them))?$/;
const ENDING =
  /(?:으로|로)?\s?(?:해\s?주세요|해 ?줘|바꿔\s?(?:주세요|줘)|변경.*|부탁.*|할게요|주세요|(?:이어|여)야 ?(?:합니다|해요|돼요|됩니다)|이에요|예요|입니다|인데요|이요|요|으로|로)?$/;
/** "the browns". */
const PLURAL = /([a-z]{3,})s\b/;
const SIZE =
  /^(\d+(?:\.\d+)?) ?(gb|기가(?:바이트)?|tb|테라|cm|센티|mm|inch(?:es)?|인치|in|kg|킬로|g|그램|ml|l|w|와트)?$/;
const UNITS: Readonly<Record<string, string>> = {
  ...{
    기가: "GB",
    기가바이트: "GB",
    gb: "GB",
    tb: "TB",
    테라: "TB",
    센티: "cm",
    인치: "inch",
    inches: "inch",
  },
  ...{ in: "inch", 킬로: "kg", 그램: "g", w: "W", 와트: "W", l: "L" },
};

/** "I said 16 gb, this is the 32": a unit told of one is that of the other. */
function sized(right: string, wrong: string | undefined): string | null {
  const [, amount, own] = SIZE.exec(right) ?? [];
  const unit = own ?? SIZE.exec(wrong ?? "")?.[2];
  return amount === undefined || unit === undefined ? null : `${amount} ${UNITS[unit] ?? unit}`;
}
