import type { Act, Item, Reading } from "../domain/act.ts";
import type { Mentions } from "./clause.ts";
import { filtersOf } from "./filters.ts";
import { itemIn, refsIn, standing, withoutRefs, wordsOf } from "./items.ts";
import { asItStands, proposalOf } from "./proposal.ts";
import type { Setting } from "./setting.ts";

/** What one clause was understood as. */
export interface Heard {
  readonly acts: readonly Act[];
  readonly confidence: number;
  readonly unsure?: NonNullable<Reading["unsure"]>;
}

/** A way a clause may be meant: null when it is not meant so. The first that is, wins; the order is the grammar. */
type Rule = (heard: Mentions, setting: Setting) => Heard | null;

const RULES: readonly Rule[] = [
  outOfScope,
  person,
  orders,
  comparison,
  unclearMoney,
  removal,
  limitedSearch,
  bargain,
  wishes,
  counted,
  purchase,
  question,
  search,
  pointing,
];

/** What a clause that is more than set phrases is meant to do. */
export function decided(heard: Mentions, setting: Setting): Heard {
  for (const rule of RULES) {
    const found = rule(heard, setting);
    if (found) return found;
  }
  return bareWords(heard, setting);
}

function sure(confidence: number, ...acts: Act[]): Heard {
  return { acts, confidence };
}

function unsure(why: NonNullable<Reading["unsure"]>, ...acts: Act[]): Heard {
  return { acts, confidence: 0.4, unsure: why };
}

/** Texts that try to command rather than to buy may at most name a price. */
function outOfScope(heard: Mentions, setting: Setting): Heard | null {
  if (heard.cue("attack")) {
    const price = heard.prices.some((each) => each.explicit) && setting.pointed;
    return price
      ? sure(0.6, proposalOf({ ...heard, lines: [], item: null }, setting, false))
      : unsure("out_of_scope");
  }
  const shop = heard.cue("have") || heard.cue("find") || heard.prices.length > 0 || heard.quantity !== null;
  return heard.cue("foreign") && !shop ? unsure("out_of_scope") : null;
}

function person(heard: Mentions): Heard | null {
  return heard.cue("person") ? sure(0.95, { act: "handoff" }) : null;
}

function orders(heard: Mentions, { state, offer, lexicon }: Setting): Heard | null {
  const intent = intentIn(heard.raw, state.intents);
  if (heard.cue("withdraw")) return sure(0.92, { act: "withdraw" });
  if (heard.cue("cancel") && !heard.cue("negated") && !/subscription|정기|구독/.test(heard.text)) {
    const explicit = /order|purchase|주문|구매|결제|계약/.test(heard.text);
    if (explicit || state.intents.length > 0) return sure(0.93, { act: "cancel_order", ...intent });
    if (lexicon.lang === "ko" && offer) return sure(0.7, { act: "reject" });
  }
  return heard.cue("status") ? sure(0.93, { act: "order_status", ...intent }) : null;
}

function intentIn(raw: string, intents: readonly { readonly id: string }[]): { intent?: string } {
  const known = intents.find((intent) => raw.includes(intent.id));
  const named =
    known?.id ??
    /(?:order|주문|번호)[^\w]*(?:number|no\.?|id|번호)?[^\w]{0,3}((?=[\w-]*\d)[A-Za-z0-9_-]{4,80})/i.exec(
      raw,
    )?.[1];
  return named === undefined ? {} : { intent: named };
}

function comparison(heard: Mentions, setting: Setting): Heard | null {
  const shown = setting.state.focus.length;
  const which = heard.cue("which") && shown >= 2 && !heard.cue("find");
  if (!heard.cue("compare") && !which) return null;
  const items = comparedIn(heard, setting);
  if (items.length >= 2) return sure(0.93, { act: "compare", items: items.slice(0, 3) });
  const refs: Item[] = (["first", "second", "third"] as const)
    .slice(0, Math.min(3, shown))
    .map((ref) => ({ ref }));
  return refs.length >= 2
    ? sure(0.85, { act: "compare", items: refs })
    : unsure("item", { act: "compare", items });
}

function comparedIn(heard: Mentions, setting: Setting): Item[] {
  const { lexicon } = setting;
  if (/\b(?:first|top) 3\b|\ball (?:3|of them)\b|\b3 of them\b|3개|셋|세 ?가지|모두|전부/.test(heard.text))
    return setting.state.focus.length >= 3 ? [{ ref: "first" }, { ref: "second" }, { ref: "third" }] : [];
  if (
    /\b(?:first|top) 2\b|\bthese 2\b|\bboth\b|\bthe 2\b|(?:처음|앞|위)(?:의|에)? ?(?:2개|두 ?개)|둘|2개/.test(
      heard.text,
    ) &&
    !/\bthird\b|세 ?번째/.test(heard.text)
  )
    return [{ ref: "first" }, { ref: "second" }];
  const refs = refsIn(heard.text, setting).filter((ref) => ref !== "that");
  if (refs.length >= 2) return refs.map((ref) => ({ ref }));
  const parts = heard.text
    .replace(lexicon.cues.compare, " ¦ ")
    .split(
      /\s+(?:and|with|to|vs\.?|versus|or)\s+|,\s*|(?<=[가-힣a-z0-9])(?:이랑|랑|하고|와|과)\s+|\s¦\s|\s(?:대|vs)\s/,
    );
  const items = parts.map((part) => itemIn(part, setting)).filter((item) => item !== null);
  return items.length >= 2 ? items : [];
}

function unclearMoney(heard: Mentions, setting: Setting): Heard | null {
  if (heard.unclear === null || (heard.unclear === "amount" && heard.cue("status"))) return null;
  return unsure(heard.unclear, ...(heard.unclear === "quantity" ? [proposalOf(heard, setting, true)] : []));
}

function removal(heard: Mentions, setting: Setting): Heard | null {
  if (!heard.cue("remove") || heard.less !== null || heard.wishes || heard.prices.length > 0) return null;
  if (!setting.offer) return null;
  const part = heard.text.split(setting.lexicon.cues.remove);
  const item = itemIn(setting.lexicon.lang === "ko" ? (part[0] ?? "") : (part.at(-1) ?? ""), setting);
  if (!item || heard.quantity !== null) return null;
  const kept = "ref" in item && item.ref === "that" ? null : item;
  return kept ? sure(0.9, { act: "propose", remove: [kept] }) : null;
}

/** Goods within limits of price, unless the words are those of a haggle. */
function limitedSearch(heard: Mentions, setting: Setting): Heard | null {
  const wants = heard.cue("find") || heard.cue("have");
  const limited = heard.prices.some((price) => price.bound !== null);
  const haggles =
    heard.per !== null ||
    heard.cue("final") ||
    heard.codes.length > 0 ||
    heard.off_bp !== null ||
    heard.less !== null;
  const named = heard.item !== null && "query" in heard.item;
  if (haggles || heard.prices.length === 0 || !(limited || wants)) return null;
  if (heard.cue("buy") && !wants && !/사려|사고/.test(heard.text)) return null;
  if (!named && !wants && setting.offer) return null;
  if (!limited && heard.quantity !== null) return null;
  return sure(0.92, searchFor(heard, setting));
}

function bargain(heard: Mentions, setting: Setting): Heard | null {
  const priced =
    heard.prices.length > 0 || heard.less !== null || heard.off_bp !== null || heard.codes.length > 0;
  const haggles = heard.cue("lower") || heard.cue("half") || heard.cue("middle") || heard.cue("final");
  if (!priced && !haggles) return null;
  const named =
    heard.item !== null &&
    "query" in heard.item &&
    (!setting.pointed ||
      heard.cue("buy") ||
      /\b(?:for|on|of) (?:the|a|an|this|that|your|those|these) /.test(heard.text) ||
      heard.lines.length > 0 ||
      heard.quantity !== null ||
      titled(heard, setting));
  const act = proposalOf(heard, setting, named);
  const about = act.lines?.[0]?.item;
  const known = setting.pointed || (about !== undefined && "query" in about) || heard.codes.length > 0;
  if (!known) return unsure(priced ? "item" : "item", act);
  if (asItStands(act, setting) && heard.cue("buy") && !doubtful(heard)) return sure(0.88, { act: "accept" });
  return sure(heard.prices.some((price) => !price.explicit) ? 0.88 : 0.93, act);
}

/** Some word of the live offer's titles is said. */
function titled(heard: Mentions, { offer }: Setting): boolean {
  const { item } = heard;
  if (!item || !("query" in item)) return false;
  const titles = (offer?.lines ?? []).map((line) => line.title.toLowerCase()).join(" ");
  return item.query.split(" ").some((word) => word.length > 1 && titles.includes(word));
}

/** Anything that makes a yes less than a yes. */
export function doubtful(heard: Mentions): boolean {
  return heard.cue("condition") || heard.cue("negated") || heard.cue("attack") || heard.raw.includes("?");
}

/** Terms asked for; a question whether there are such terms is a question. */
function wishes(heard: Mentions, setting: Setting): Heard | null {
  if (!heard.wishes) return null;
  const asks =
    /\b(?:do|does) (?:you|it|this|that|they|shipping|the)\b|\b(?:is|are) (?:there|the|it)\b|\bwhat|\bhow\b|\bwhich\b|얼마|어떻게|인가요|있나요|있어요|있나|며칠|언제|무엇|뭐/.test(
      heard.text,
    );
  const whether = /(?:되나요|돼요|될까요|되죠|가능한가요|가능해요|하나요)\s*\??$|\?$/.test(heard.text);
  const named = heard.item !== null && "query" in heard.item && (heard.cue("buy") || !setting.pointed);
  if (asks || (whether && !setting.offer)) return null;
  const act = proposalOf(heard, setting, named || titled(heard, setting));
  const known = setting.pointed || act.lines?.some((line) => "query" in line.item);
  if (heard.terms.subscription !== undefined && heard.cue("cancel") && setting.state.intents.length > 0)
    return null;
  return known ? sure(0.9, act) : unsure("item", act);
}

/** A count makes an order of it. */
function counted(heard: Mentions, setting: Setting): Heard | null {
  if (heard.quantity === null) return null;
  if (topicOf(heard, setting) === "stock" || heard.cue("have")) return null;
  const named = heard.item !== null && "query" in heard.item;
  if (named && heard.cue("question") && !heard.cue("asking") && !heard.cue("buy")) return null;
  const act = proposalOf(heard, setting, true);
  if (!named && !setting.pointed) return unsure("item", act);
  if (asItStands(act, setting) && heard.cue("buy") && !doubtful(heard)) return sure(0.88, { act: "accept" });
  return sure(0.92, act);
}

/** Buying words with one thing named or pointed at. */
function purchase(heard: Mentions, setting: Setting): Heard | null {
  const { item } = heard;
  if (!heard.cue("buy") || heard.cue("find") || heard.cue("have") || heard.cue("question")) return null;
  if (!item || heard.cue("negated")) return null;
  const indefinite = /\b(?:an?|some|any)\b/.test(heard.text) || heard.specs.length > 0;
  if ("query" in item && indefinite && !titled(heard, setting)) return null;
  if (heard.cue("add")) return sure(0.88, { act: "propose", lines: [{ item }] });
  const same = "ref" in item && item.ref === "that" && !item.options;
  if (setting.live > 0 && !doubtful(heard) && "ref" in item && !item.options)
    return sure(same ? 0.9 : 0.86, same && setting.live === 1 ? { act: "accept" } : { act: "accept", item });
  if (setting.live === 1 && titled(heard, setting) && !doubtful(heard))
    return sure(0.86, { act: "accept", item });
  if ("ref" in item && !setting.pointed) return unsure("item", { act: "propose", lines: [{ item }] });
  return sure(0.88, { act: "propose", lines: [{ item }] });
}

function topicOf(heard: Mentions, { lexicon }: Setting): string | undefined {
  return lexicon.topics.find(([, pattern]) => pattern.test(heard.text))?.[0];
}

/** Topics that are about the shop unless a product is named. */
const SHOP = new Set(["returns", "payment", "shipping", "privacy", "warranty"]);

function question(heard: Mentions, setting: Setting): Heard | null {
  const topic = topicOf(heard, setting);
  const asks = heard.cue("question") || heard.raw.includes("?");
  const refs = refsIn(heard.text, setting);
  if (heard.cue("find") && (topic === undefined || heard.specs.length > 0) && refs.length === 0) return null;
  if (
    heard.cue("have") &&
    refs.length === 0 &&
    (topic === undefined || topic === "stock" || topic === "price")
  ) {
    if (wordsOf(heard.rest, setting) !== "" && !onlyColour(heard, setting)) return null;
  }
  if (!asks && topic === undefined && !heard.cue("have")) return null;
  if (!asks && topic !== undefined && heard.cue("find") && !SHOP.has(topic) && refs.length === 0) return null;
  const item = askedOf(heard, setting, topic);
  if (topic === undefined && !item && !onlyColour(heard, setting)) return null;
  const about = item ? { item } : {};
  const known = topic ?? (onlyColour(heard, setting) ? "color" : undefined);
  const confident = known !== undefined ? 0.92 : 0.72;
  return sure(confident, {
    act: "ask",
    ...about,
    ...(known === undefined ? {} : { topic: known }),
    question: heard.raw,
  });
}

function onlyColour(heard: Mentions, setting: Setting): boolean {
  const match = setting.lexicon.colour.exec(heard.text);
  if (!match || !setting.pointed) return false;
  return wordsOf(withoutRefs(heard.text, setting).replace(setting.lexicon.colour, " "), setting) === "";
}

/** The thing a question is about: named, pointed at, or what was spoken of when the topic is of a product. */
function askedOf(heard: Mentions, setting: Setting, topic: string | undefined): Item | null {
  const [ref] = refsIn(heard.text, setting);
  if (ref !== undefined && ref !== "that") return { ref };
  const pattern = setting.lexicon.topics.find(([name]) => name === topic)?.[1];
  const left = pattern
    ? withoutRefs(heard.text, setting).replace(new RegExp(pattern, "g"), " ¦ ")
    : withoutRefs(heard.text, setting);
  const words = wordsOf(left, setting);
  if (ref === "that" && setting.pointed) return { ref: "that" };
  if (topic !== undefined && SHOP.has(topic)) return null;
  const named =
    /\b(?:the|of|for|on) [a-z0-9]/.test(heard.text) || setting.lexicon.lang === "ko" || !setting.pointed;
  if (
    words !== "" &&
    (named || topic === undefined) &&
    !(topic === undefined && setting.pointed && setting.lexicon.lang === "ko")
  )
    return { query: words };
  return setting.pointed ? { ref: "that" } : null;
}

function search(heard: Mentions, setting: Setting): Heard | null {
  if (!heard.cue("find") && !heard.cue("have") && !heard.cue("buy") && heard.specs.length === 0) return null;
  const act = searchFor(heard, setting);
  const narrowed = act.act === "search" && (act.query !== "" || act.filters !== undefined);
  if (!narrowed)
    return heard.cue("find") || heard.cue("have") ? (pointing(heard, setting) ?? unsure("item", act)) : null;
  return sure(heard.cue("find") || heard.cue("have") ? 0.92 : 0.75, act);
}

function searchFor(heard: Mentions, setting: Setting): Act {
  const in_stock = /\bin stock\b|재고\s?있는/.test(heard.text);
  const filters = filtersOf(heard.prices, heard.specs, in_stock);
  const refs = refsIn(heard.rest, setting);
  const cheapest = Math.min(...setting.state.focus.map((item) => item.price));
  if (
    heard.prices.length === 0 &&
    /cheaper|less expensive|(?:더|좀) ?(?:싼|저렴한)/.test(heard.text) &&
    Number.isFinite(cheapest) &&
    cheapest > 0
  )
    filters.price_max = cheapest - 1;
  const words = wordsOf(
    withoutExcluded(refs.length > 0 ? withoutRefs(heard.rest, setting) : heard.rest),
    setting,
  );
  return { act: "search", query: words, ...(Object.keys(filters).length > 0 ? { filters } : {}) };
}

/** Words named to be left out are no words to search for. */
function withoutExcluded(text: string): string {
  return text
    .replace(/\b(?:not|without|except(?: for)?|other than|but not|no) (?:a |an |the |any )?[a-z]+/g, " ")
    .replace(/[가-힣a-z]+(?:은|는|이|가|을|를)?\s?(?:말고|빼고|제외하고|제외|아닌|없는)(?=\s|$)/g, " ");
}

/** Only a place pointed at: the answer to "which one?", or a wish to have it. */
function pointing(heard: Mentions, setting: Setting): Heard | null {
  const { item } = heard;
  if (!item || !("ref" in item)) return null;
  if (denies(heard, setting)) return sure(0.75, { act: "reject", reason: "product_fit" });
  if (!setting.pointed) return unsure("item");
  const asks = heard.cue("question") || heard.cue("find");
  if (asks) return sure(0.75, { act: "ask", item, question: heard.raw });
  return sure(0.75, { act: "propose", lines: [{ item }] });
}

function denies(heard: Mentions, setting: Setting): boolean {
  return heard.cue("negated") && setting.pointed;
}

/** Words without a sign of what to do with them: something to look for if they are few, else not understood. */
function bareWords(heard: Mentions, setting: Setting): Heard {
  const words = wordsOf(heard.text, setting);
  const count = words === "" ? 0 : words.split(" ").length;
  if (count === 0 || count > 6) return unsure("act");
  if (heard.cue("negated")) return unsure("act");
  if (setting.offer && titled(heard, setting))
    return sure(0.7, { act: "propose", lines: [{ item: heard.item ?? standing(setting) }] });
  return sure(count <= 4 ? 0.7 : 0.6, searchFor(heard, setting));
}
