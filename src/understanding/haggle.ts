import type { Mentions } from "./clause.ts";
import { sought } from "./goods-words.ts";
import { doubtful, type Heard, names, sure, titled, unsure } from "./heard.ts";
import { itemIn, withoutRefs, wordsOf } from "./items.ts";
import { asItStands, onto, proposalOf } from "./proposal.ts";
import type { Setting } from "./setting.ts";
import { openingOf } from "./tags.ts";

/** Money in another currency, a number of no clear size, two counts at once. */
export function unclear(heard: Mentions, setting: Setting): Heard | null {
  if (heard.unclear === null || heard.cue("status")) return null;
  return unsure(heard.unclear, ...(heard.unclear === "quantity" ? [proposalOf(heard, setting, true)] : []));
}

/** Something is to come off the order: "without the case". */
export function removal(heard: Mentions, setting: Setting): Heard | null {
  const other = heard.less !== null || heard.off_bp !== null || heard.wishes || heard.prices.length > 0;
  const out = itemIn(TAKEN_OUT.exec(heard.text)?.[1] ?? "", setting);
  const named = out !== null && "query" in out && /\btake (?:the|my|that|those) /.test(heard.text);
  if (out && setting.offer && !other && (named || titled({ ...heard, item: out }, setting)))
    return sure(0.9, { act: "propose", remove: [out] });
  if (!heard.cue("remove") || other || !setting.offer || heard.quantity !== null) return null;
  const parts = heard.text.split(setting.lexicon.cues.remove);
  if (setting.lexicon.lang === "ko" && SOME_KO.test(parts[0] ?? "")) return null;
  const item = itemIn((setting.lexicon.lang === "ko" ? parts[0] : parts.at(-1)) ?? "", setting);
  if (!item || ("ref" in item && item.ref === "that")) return null;
  return sure(0.9, { act: "propose", remove: [item] });
}

/** "Take the footrest out then": the thing stands between the two words. */
const TAKEN_OUT = /\btake (?:the |my |that |those |out |off )?([a-z][a-z -]{1,30}?) (?:out|off)\b/;

/** "조금만 더 빼줘": of the price, and no thing of the order. */
const SOME_KO = /^(?:조금|쪼금|좀|쫌|살짝|약간|더|만|가격|값|에서|은|을|도|그럼|그래도|진짜|제발|[\s,.])*$/;

/** A price, a share off, a code, or the wish for a better price. */
export function bargain(heard: Mentions, setting: Setting): Heard | null {
  const priced =
    heard.prices.length > 0 || heard.less !== null || heard.off_bp !== null || heard.codes.length > 0;
  const haggles = heard.cue("lower") || heard.cue("half") || heard.cue("middle") || heard.cue("final");
  if (!priced && !haggles) return null;
  if (!priced && ASKED_VOLUME.test(heard.text)) return asked(heard, setting);
  const act = proposalOf(heard, setting, names(heard) && namedForPrice(heard, setting));
  const about = act.lines?.[0]?.item;
  const chosen = setting.state.ask === "choice" && setting.state.said.some((one) => one.act === "propose");
  const known =
    setting.pointed || chosen || (about !== undefined && "query" in about) || heard.codes.length > 0;
  if (!known || shownElse(heard, setting)) return unsure("item", act);
  if (asItStands(act, setting) && heard.cue("buy") && !doubtful(heard) && bare(heard, setting))
    return sure(0.88, { act: "accept" });
  return sure(heard.prices.some((price) => !price.explicit) ? 0.88 : 0.93, act);
}

function asked({ raw }: Mentions, { pointed }: Setting): Heard {
  return sure(0.85, { act: "ask", ...(pointed ? { item: { ref: "that" as const } } : {}), question: raw });
}

/** Whether more cost less each is a question about the shop, and no haggling. */
const ASKED_VOLUME =
  /\b(?:volume|bulk|quantity) (?:discounts?|pric)|\bdiscounts? (?:for|on) (?:larger|bigger|bulk|volume|more|large)|(?:수량|대량)(?:\s?구매)?\s?할인|(?:많이|대량으로|여러\s?개)\s?(?:사|구매하|주문하)면.{0,12}(?:할인|싸|깎|저렴)/;

/** Other goods were shown since the offer, and the words say of neither that they mean it. */
function shownElse(heard: Mentions, setting: Setting): boolean {
  const { focus } = setting.state;
  const bought = setting.offer?.lines.map(({ sku }) => sku) ?? [];
  if (bought.length === 0 || focus.length === 0 || focus.some(({ sku }) => bought.includes(sku)))
    return false;
  return (
    heard.item === null && heard.lines.length === 0 && heard.quantity === null && heard.codes.length === 0
  );
}

/** The words beside a price name what it is for, rather than being talk. */
function namedForPrice(heard: Mentions, setting: Setting): boolean {
  if (!setting.pointed || heard.lines.length > 0 || titled(heard, setting)) return true;
  return (
    NOUN_EN.test(heard.rest) ||
    NOUN_KO.test(heard.rest) ||
    (heard.quantity !== null && (heard.cue("buy") || saysGoods(heard, setting)))
  );
}

function saysGoods({ item }: Mentions, { lexicon }: Setting): boolean {
  return item !== null && "query" in item && sought(item.query.replace(lexicon.colour, " ").trim());
}

const NOUN_EN =
  /\b(?:for|on|of|order|buy|purchase|get|want|need) (?:the|a|an|this|that|your|those|these|some) /;
const NOUN_KO =
  /(?<!에서)(?<=[가-힣])(?:만|은|는|도)\s*¦|[가-힣]\s+¦\s*(?:¦|만|씩)?\s*(?:주문|구매|주세요|살)/;

/** Terms asked for; a question whether there are such terms is a question. */
export function wishes(heard: Mentions, setting: Setting): Heard | null {
  if (!heard.wishes || ASKED_TERMS.test(heard.text)) return null;
  const other = names(heard) && !titled(heard, setting);
  if (
    WHETHER.test(heard.text) &&
    (!setting.ordering || (other && !/\b(?:add|include|throw)\b/.test(heard.text)))
  )
    return null;
  const named = names(heard) && (heard.cue("buy") || !setting.pointed || titled(heard, setting));
  const act = proposalOf(heard, setting, named);
  const known = setting.pointed || act.lines?.some((line) => "query" in line.item);
  return known ? sure(0.9, act) : unsure("item", act);
}

const ASKED_TERMS =
  /\b(?:do|does) (?:you|it|this|that|they|shipping|the)\b|\b(?:is|are) (?:there|the|it)\b|\bwhat\b(?! (?:about|if))|\bhow\b(?! about)|\bwhich\b|얼마|몇|어떻게|인가요|(?<!수\s?)있(?:나요|어요|나)|며칠|언제|무엇|뭐/;
const WHETHER = /(?:되나요|(?<!야\s?)돼요|될까요|되죠|가능한가요|가능해요|하나요|있나요|있어요)\s*\??$|\?$/;

/** Only that it costs too much. */
export function complaint(heard: Mentions, setting: Setting): Heard | null {
  if (DEAR_AND_TAKEN.test(heard.text)) return null;
  if (!setting.offer || !heard.cue("dear") || heard.raw.includes("?") || heard.cue("find")) return null;
  return sure(0.85, { act: "reject", reason: "price_sensitivity" });
}

/** "비싸지만 할게요": what is said before 지만 is given up by what follows. */
const DEAR_AND_TAKEN = /(?:지만|는데|은데|싼데)\s+(?:그냥\s*)?(?:할게|살게|사겠|하겠|주문|결제)/;

/** A count makes an order of it. */
export function counted(heard: Mentions, setting: Setting): Heard | null {
  if (heard.quantity === null || heard.cue("have") || ASKED_STOCK.test(heard.text)) return null;
  if (names(heard) && asksOnly(heard)) return null;
  if (heard.quantity === 1 && SEEKS.test(heard.text)) return null;
  const act = proposalOf(heard, setting, names(heard) && namedForCount(heard, setting));
  if (!names(heard) && !setting.pointed) return unsure("item", act);
  const takes = heard.cue("buy") && !QUOTE.test(heard.text);
  if (asItStands(act, setting) && takes && !doubtful(heard) && bare(heard, setting))
    return sure(0.88, { act: "accept" });
  return sure(0.92, act);
}

/** A quotation asked for is no order. */
const QUOTE = /\bquot(?:e|ation)\b|견적/;
const SEEKS = /추천|찾|보러|구경|알아보|뭐가|어떤|recommend|looking for|suggest/;

/** A question and no order; "책상 하나요" only sounds like one. */
function asksOnly(heard: Mentions): boolean {
  return (
    heard.cue("question") &&
    !heard.cue("asking") &&
    !heard.cue("buy") &&
    !/(?<!야)\s하나요[\s.!]*$/.test(heard.text)
  );
}

/** The words beside a count name the goods: right after it in English, right before it in Korean. */
function namedForCount(heard: Mentions, setting: Setting): boolean {
  if (!setting.pointed || heard.lines.length > 0 || titled(heard, setting)) return true;
  if (/(?<![\w.])x ?\d/.test(heard.text)) return true;
  const pattern =
    setting.lexicon.lang === "ko" ? /([가-힣a-z0-9]+)\s*¦/ : /¦\s+(?:of the |the )?([a-z][a-z -]*)/;
  return wordsOf(pattern.exec(heard.rest)?.[1] ?? "", setting) !== "";
}

const ASKED_STOCK = /in stock|available|재고|남았|남아/;

/** Buying words with one thing named or pointed at. */
export function purchase(heard: Mentions, setting: Setting): Heard | null {
  const { item } = heard;
  if (heard.lines.length > 1 && heard.cue("buy") && !doubtful(heard))
    return sure(0.85, proposalOf(heard, setting, true));
  if (!item || heard.cue("have") || heard.cue("question") || heard.raw.includes("?")) return null;
  const adds = heard.cue("add") && setting.offer !== null && "query" in item && !heard.cue("find");
  const pointed = "ref" in item && (item.ref !== "that" || item.options !== undefined);
  if (!adds && !heard.cue("buy") && !(pointed && WANTS.test(heard.text))) return null;
  if (heard.cue("find") && !(pointed && WANTS.test(heard.text))) return null;
  if (heard.cue("negated")) return null;
  if (heard.cue("condition")) return unsure("condition");
  if (adds) return sure(0.88, onto({ act: "propose", lines: [{ item }] }, heard, setting));
  if ("query" in item && INDEFINITE.test(heard.text) && !titled(heard, setting)) return null;
  if ("query" in item && heard.specs.length > 0 && !DEFINITE.test(heard.text)) return null;
  return taken(heard, item, setting);
}

const WANTS = /\b(?:want|need|like|prefer|choose|pick)\b/;
/** "the Pro 14 with 32 GB" is one thing, which its measures tell from others. */
const DEFINITE = /\b(?:buy|order|purchase|take|get|have|like|want|need) the\b/;
const INDEFINITE = /\b(?:an?|some|any)\b/;

/** One thing to have: the live offer when it is that, else an offer for it is asked for. */
function taken(heard: Mentions, item: NonNullable<Mentions["item"]>, setting: Setting): Heard {
  const same = "ref" in item && item.ref === "that" && !item.options;
  if (!bare(heard, setting)) return sure(0.8, { act: "propose", lines: [{ item }] });
  if (setting.live > 0 && "ref" in item && !item.options)
    return sure(same ? 0.9 : 0.86, same && setting.live === 1 ? { act: "accept" } : { act: "accept", item });
  if (setting.live === 1 && titled(heard, setting)) return sure(0.86, { act: "accept", item });
  if ("ref" in item && !setting.pointed && setting.state.ask !== "choice")
    return unsure("item", { act: "propose", lines: [{ item }] });
  return sure(0.88, { act: "propose", lines: [{ item }] });
}

/** Nothing is said beside the buying words, the thing pointed at and set phrases: only then may it be a yes. */
function bare(heard: Mentions, setting: Setting): boolean {
  let left = withoutRefs(heard.rest, setting);
  if (titled(heard, setting) && heard.item && "query" in heard.item)
    for (const word of heard.item.query.split(" ")) left = left.replace(word, " ");
  left = left.replace(setting.lexicon.cues.buy, " ¦ ").replace(PARTICLES, " ");
  return openingOf(left.replace(PARTICLES, " "), setting.lexicon).rest === "";
}

const PARTICLES =
  /(?<=^|[\s¦])(?:at|for|the|of|a|an|them|one|ones|with|and|plus|i'll|i|에|으로|로|을|를|이|는|은|개|짜리)(?=$|[\s¦.,!])/g;
