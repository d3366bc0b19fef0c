import type { Act, Item } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import { bids } from "./bids.ts";
import type { Mentions } from "./clause.ts";
import { filtersOf } from "./filters.ts";
import { type Heard, sure, titled, unsure } from "./heard.ts";
import { colourIn, refsIn, withoutRefs, wordsOf } from "./items.ts";
import { asksWhich, isRated, namedBy, rivals, thingIn } from "./rivals.ts";
import type { Setting } from "./setting.ts";

/** Products side by side: named, pointed at, or those last shown; with what is asked of them. */
export function comparison(heard: Mentions, setting: Setting): Heard | null {
  const { focus, ask, choices } = setting.state;
  const shown = Math.max(focus.length, ask === "choice" ? choices.length : 0);
  const rates = isRated(heard.text) && !heard.cue("find") && !heard.cue("have");
  const asks = asksWhich(heard.text) && heard.prices.length === 0;
  const which = (asks || (heard.cue("which") && !heard.cue("find"))) && shown >= 2;
  const named = rates ? rivals(heard, setting) : [];
  if (!heard.cue("compare") && !which && named.length < 2) return null;
  const question = heard.raw.slice(0, 400);
  const items = named.length >= 2 ? named : compared(heard, setting);
  if (items.length >= 2) return sure(0.93, { act: "compare", items: items.slice(0, 3), question });
  // "Which is lightest?" is asked of all that were shown.
  if (asks && focus.length > 3) {
    const all = focus.slice(0, BOUNDS.results).map(({ sku }) => ({ sku }));
    return sure(0.85, { act: "compare", items: all, question });
  }
  const refs: Item[] = (["first", "second", "third"] as const)
    .slice(0, Math.min(3, shown))
    .map((ref) => ({ ref }));
  return refs.length >= 2
    ? sure(0.85, { act: "compare", items: refs, question })
    : unsure("item", { act: "compare", items, question });
}

const PLACES: ReadonlySet<string> = new Set(["first", "second", "third", "last", "other"]);
const ALL_THREE = /\b(?:first|top|all) 3\b|\ball of them\b|\b3 of them\b|3개|셋|3 ?가지|세 ?가지|모두|전부/;
const FIRST_TWO =
  /\b(?:first|top) 2\b|\b(?:these|those|the) 2\b|\bboth\b|(?:처음|앞|위)(?:의|에)? ?(?:2개|두 ?개)|둘|2개/;
const BETWEEN =
  /\s+(?:and|with|to|vs\.?|versus|or)\s+|,\s*|(?<=[가-힣a-z0-9])(?:이랑|랑|하고|와|과)\s+|\s¦\s|\s(?:대|vs)\s/;

function compared(heard: Mentions, setting: Setting): Item[] {
  const refs = refsIn(heard.text, setting).filter((ref) => PLACES.has(ref));
  if (refs.length >= 2) return refs.map((ref) => ({ ref }));
  if (ALL_THREE.test(heard.text) && setting.state.focus.length >= 3)
    return [{ ref: "first" }, { ref: "second" }, { ref: "third" }];
  if (FIRST_TWO.test(heard.text)) return [{ ref: "first" }, { ref: "second" }];
  const parts = heard.text.replace(setting.lexicon.cues.compare, " ¦ ").split(BETWEEN);
  const items = parts.flatMap((part) => thingIn(part, heard, setting) ?? []);
  return items.length >= 2 ? sharing(items) : [];
}

/** "Puran Air 15, 30 and 60": a bare number takes the words before the number of the one named first. */
function sharing(items: readonly Item[]): Item[] {
  const [first] = items;
  const head = first && "query" in first ? /^(.*\D)\d+\S*$/.exec(first.query)?.[1] : undefined;
  return items.map((item) =>
    head !== undefined && "query" in item && /^\d+[a-z]*$/.test(item.query)
      ? { ...item, query: head + item.query }
      : item,
  );
}

/** Goods within limits of price, unless the words are those of a haggle. */
export function limitedSearch(heard: Mentions, setting: Setting): Heard | null {
  const { prices, quantity } = heard;
  const wants = heard.cue("find") || heard.cue("have");
  const limited = prices.some((price) => price.bound !== null && (price.bound !== "about" || !setting.offer));
  const haggles =
    heard.per !== null ||
    heard.cue("final") ||
    heard.codes.length > 0 ||
    heard.off_bp !== null ||
    heard.less !== null;
  if (haggles || prices.length === 0 || !(limited || wants) || bids(heard, setting)) return null;
  if (heard.cue("buy") && !wants && !/사려|사고/.test(heard.text)) return null;
  // "I want the Wide 34 for $500" names what to have and what to pay; "a monitor for $500" is looked for.
  if (!limited && /\b(?:want|need|like) (?:the|this|that)\b/.test(heard.text)) return null;
  const before = heard.rest.split("¦").find((part) => part.trim() !== "") ?? "";
  if (
    setting.offer &&
    !wants &&
    (!heard.rest.trimStart().startsWith(before.trimStart()) || wordsOf(before, setting) === "")
  )
    return null;
  if (!limited && (quantity !== null || refsIn(heard.text, setting).length > 0)) return null;
  return sure(0.92, searchFor(heard, setting));
}

/** The cheapest or lightest of a kind that is named; without a kind it is one of those shown, or a haggle. */
export function superlative(heard: Mentions, setting: Setting): Heard | null {
  const among = setting.pointed && (asksWhich(heard.text) || refsIn(heard.text, setting).length > 0);
  if (MOST.test(heard.text) && !among && heard.prices.length === 0 && heard.quantity === null) {
    const act = searchFor(heard, setting);
    const kind = act.act === "search" && act.query.replace(WORD_OF_MOST, " ").trim() !== "";
    if (kind && !titled(heard, setting)) return sure(0.9, act);
  }
  if (!CHEAPEST.test(heard.text) || heard.quantity !== null || heard.wishes || titled(heard, setting))
    return null;
  if (heard.cue("buy") && setting.pointed) return null;
  const act = searchFor(heard, setting);
  return act.act === "search" && act.query !== "" ? sure(0.9, { ...act, cheapest: true }) : null;
}

const WORD_OF_MOST = /\b[a-z]+est\b|가벼운|무거운|조용한|밝은|큰|작은|넓은/;
const MOST =
  /\b(?:the |your |what's the )?(?:light|heavi|quiet|loud|bright|tall|wid|larg|bigg|small)est (?!of\b)[a-z]|\bwhich [a-z]+ (?:is|are) (?:the )?(?:light|heavi|quiet|loud|bright|tall|wid|larg|bigg|small)est\b|(?:제일|가장|젤)\s?(?:가벼운|무거운|조용한|밝은|큰|작은|넓은)\s+[가-힣a-z]/;

const CHEAPEST =
  /\b(?:cheapest|least expensive|lowest[ -]priced)\b(?! (?:you|price|offer|deal))|(?:제일|가장|젤)\s?(?:싼|저렴한)/;

/** Topics that are about the shop unless a product is named. */
const SHOP = new Set([
  "returns",
  "payment",
  "shipping",
  "privacy",
  "warranty",
  "hours",
  "store",
  "human",
  "subscription",
  "tax",
  "assembly_service",
]);
/** Topics that only a product has. */
const OF_PRODUCTS = new Set([
  "stock",
  "price",
  "rating",
  "battery",
  "weight",
  "max_load",
  "size",
  "color",
  "material",
]);

export function topicOf({ text }: Mentions, { lexicon }: Setting): string | undefined {
  return lexicon.topics.find(([, pattern]) => pattern.test(text))?.[0];
}

/** A question about a product or the shop. */
export function question(heard: Mentions, setting: Setting): Heard | null {
  const topic = topicOf(heard, setting);
  const asks = heard.cue("question") || heard.raw.includes("?") || heard.cue("have");
  const refs = pointersIn(heard, setting);
  const reads = topic === "rating" && READS.test(heard.text);
  const coloured = onlyColour(heard, setting);
  const goods = topic === undefined || topic === "stock" || topic === "price" || heard.specs.length > 0;
  const named = wordsOf(heard.rest, setting) !== "" && !coloured && refs.length === 0;
  const more = refs.includes("cheaper") || refs.includes("dearer");
  if ((heard.cue("find") || heard.cue("have")) && goods && (named || more)) return null;
  if (
    !asks &&
    !reads &&
    (topic === undefined || (heard.cue("find") && !SHOP.has(topic) && refs.length === 0))
  )
    return null;
  if (!asks && !reads && heard.text.split(" ").length > (setting.lexicon.lang === "ko" ? 3 : 5)) return null;
  const item = asked(heard, setting, topic);
  const shop = topic === undefined && !item;
  if (shop && !(heard.cue("question") && /\byou(?:r|rs)?\b/.test(heard.text) && setting.pointed)) return null;
  const known = topic ?? (coloured ? "color" : undefined);
  return sure(known === undefined ? 0.72 : 0.92, {
    act: "ask",
    ...(item ? { item } : {}),
    ...(known === undefined ? {} : { topic: known }),
    question: heard.raw,
  });
}

/** Reviews are what is to be shown, and no goods that have them: "show me the latest reviews", "후기 보여줘요". */
const READS =
  /\b(?:show|see|read|give|hear|tell)\b(?: me| us)?(?: (?:the|its|some|any|all|a few))*(?: [a-z]+){0,2} reviews?(?: (?:of|for|about|on|from|written|posted)\b|[?.!]*$)|(?:후기|리뷰)(?:를|을|도|들)? ?(?:좀 ?)?(?:보여|알려|읽어|볼|들려)/;

/** What is pointed at; "worth it" points at nothing. */
function pointersIn({ text }: Mentions, setting: Setting): ReturnType<typeof refsIn> {
  return refsIn(text.replace(/\bworth it\b/g, "worth"), setting);
}

/** Nothing but a colour is named, of a thing already spoken of: "do you have it in black?" */
function onlyColour(heard: Mentions, setting: Setting): boolean {
  const { colour } = setting.lexicon;
  if (!setting.pointed || heard.text.search(colour) < 0) return false;
  return wordsOf(withoutRefs(heard.text, setting).replace(colour, " "), setting) === "";
}

/** The thing a question is about: named, pointed at, or what was spoken of when the topic is of a product. */
function asked(heard: Mentions, setting: Setting, topic: string | undefined): Item | null {
  if (topic === "human") return null;
  const [ref] = pointersIn(heard, setting);
  const colour = onlyColour(heard, setting) ? colourIn(heard.text, setting) : undefined;
  if (colour !== undefined) return { ref: ref ?? "that", options: { color: colour } };
  const subject = wordsOf(SUBJECT.exec(heard.text)?.[1] ?? "", setting);
  if (subject !== "" && topic === undefined) return { query: subject };
  if (ref !== undefined && (ref !== "that" || setting.pointed)) return { ref };
  const code = CODE.exec(topic === undefined ? heard.raw : heard.raw.toUpperCase())?.[0].toLowerCase();
  if (code !== undefined && (topic === undefined || OF_PRODUCTS.has(topic))) return { query: code };
  if (topic !== undefined && SHOP.has(topic)) return null;
  const name = namedBy(heard.raw, setting);
  if (name !== null) {
    const shade = colourIn(heard.text, setting);
    return { query: shade === undefined || name.includes(shade) ? name : `${name} ${shade}` };
  }
  const words = wordsOf(aboutTopic(heard, setting, topic), setting);
  const talk = topic === undefined && setting.pointed && !/\b(?:the|of) [a-z0-9]/.test(heard.text);
  if (words !== "" && !talk) return { query: words };
  return setting.pointed || (topic !== undefined && OF_PRODUCTS.has(topic)) ? { ref: "that" } : null;
}

/** Named, and no more said: "그럼 스탠드는요?" */
const SUBJECT =
  /^(?:(?:그럼|그러면|그런데|근데|혹시|아) )*([가-힣a-z0-9]+(?: [가-힣a-z0-9]+)?)(?:은|는)요\s*\??$/;

/** A vendor's own code in capitals ("NB-16S-GRY"); a name as common as "Wi-Fi" or "USB-C" has no digit. */
const CODE = /(?<![\w-])(?=[A-Z\d-]*\d)[A-Z][A-Z\d]*(?:-[A-Z\d]+)+(?![\w-])/;

/** The part that may name the product: Korean names it before the topic; English anywhere beside it. */
function aboutTopic(heard: Mentions, setting: Setting, topic: string | undefined): string {
  const text = withoutRefs(heard.text, setting);
  const pattern = setting.lexicon.topics.find(([name]) => name === topic)?.[1];
  if (!pattern) return text;
  if (setting.lexicon.lang === "ko") return text.slice(0, Math.max(0, text.search(pattern)));
  const named =
    !setting.pointed ||
    /\b(?:the|of|for|on) [a-z0-9]/.test(heard.text) ||
    (topic === "price" && priced(heard));
  return named ? text.replace(new RegExp(pattern, "g"), " ¦ ") : "";
}

/** "How much is Orrin Dock?", "Orrin Dock price": capitals or an article make a name of what is priced. */
function priced({ raw }: Mentions): boolean {
  return /\bhow much (?:is|are|does|do|for) (?:an? [a-z]|[A-Z][a-z])|^[A-Z][a-z]+ .*\b(?:price|cost)\W*$/.test(
    raw,
  );
}

/** Something to look for. */
export function search(heard: Mentions, setting: Setting): Heard | null {
  const seeks = heard.cue("find") || heard.cue("have");
  if (!seeks && !heard.cue("buy") && heard.specs.length === 0) return null;
  const several = seeks ? thingsIn(heard, setting) : [];
  if (several.length > 1) return sure(0.92, ...several.map((query): Act => ({ act: "search", query })));
  const act = searchFor(heard, setting);
  if (act.act === "search" && (act.query !== "" || act.filters !== undefined)) {
    if (heard.cue("condition") && setting.offer && !seeks) return unsure("condition");
    return sure(seeks ? 0.92 : 0.75, act);
  }
  const { item } = heard;
  if (!seeks) return null;
  if (!item || !("ref" in item) || !setting.pointed) return unsure("act");
  return sure(0.75, { act: "ask", item, question: heard.raw });
}

/** "A desk and a chair", "책상이랑 의자": things looked for side by side, each by words of its own. */
function thingsIn(heard: Mentions, setting: Setting): string[] {
  if (heard.prices.length > 0 || heard.specs.length > 0 || heard.lines.length > 0) return [];
  const parts = heard.text.split(setting.lexicon.lang === "ko" ? AND_KO : AND_EN);
  const bare = parts.map((part) => withoutRefs(part, setting).replace(setting.lexicon.colour, " "));
  const named = bare.map((part) => wordsOf(part, setting));
  if (named.includes("") || named.length > 3) return [];
  return parts.map((part) => wordsOf(withoutRefs(part, setting), setting));
}

/** The second has an article of its own, or both are of a kind: "a laptop and a dock", "desks and chairs". */
const AND_EN = / and (?=(?:an?|some|any|the) )|(?<=s) and (?=[a-z]+s\b)/;
const AND_KO = /(?<=[가-힣a-z0-9])(?:이랑|하고|랑|[와과])\s+(?=[가-힣a-z0-9])|\s그리고\s/;

export function searchFor(heard: Mentions, setting: Setting): Act {
  const in_stock = IN_STOCK.test(heard.text);
  const filters = filtersOf(heard.prices, heard.specs, in_stock);
  const cheapest = Math.min(...setting.state.focus.map((item) => item.price));
  if (heard.prices.length === 0 && CHEAPER.test(heard.text) && Number.isFinite(cheapest) && cheapest > 0)
    filters.price_max = cheapest - 1;
  const rest = heard.rest.replace(IN_STOCK, " ").replace(EXCLUDED_EN, " ").replace(EXCLUDED_KO, " ");
  const words = wordsOf(withoutRefs(rest, setting), setting);
  const narrowed = words === "" && Object.keys(filters).length > 0 ? setting.state.sought : null;
  const { price_min, ...kept } = { ...narrowed?.filters, ...filters };
  const all = price_min === undefined || CHEAPER.test(heard.text) ? kept : { ...kept, price_min };
  return {
    ...{ act: "search", query: narrowed?.query ?? words },
    ...(Object.keys(all).length > 0 ? { filters: all } : {}),
  };
}

const IN_STOCK = /\bin stock\b|재고\s?(?:가\s?)?있는/;
const CHEAPER = /cheaper|less expensive|(?:더|좀) ?(?:싼|저렴한)/;
/** Words named to be left out are no words to search for. */
const EXCLUDED_EN = /\b(?:not|without|except(?: for)?|other than|but not|no) (?:a |an |the |any )?[a-z]+/g;
const EXCLUDED_KO = /[가-힣a-z]+(?:은|는|이|가|을|를)?\s?(?:말고|빼고|제외하고|제외|아닌|없는)(?=\s|$)/g;
