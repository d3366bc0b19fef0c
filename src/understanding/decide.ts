import type { Mentions } from "./clause.ts";
import { bargain, complaint, counted, purchase, removal, unclear, wishes } from "./haggle.ts";
import { type Heard, names, type Rule, sure, titled, unsure } from "./heard.ts";
import { comparison, limitedSearch, question, search, searchFor, superlative, topicOf } from "./inquire.ts";
import { colourIn, refsIn, standing, withoutRefs, wordsOf } from "./items.ts";
import { proposalOf } from "./proposal.ts";
import type { Setting } from "./setting.ts";

/** The first rule that fits wins; the order is the grammar. A new way to mean something is a new line. */
const RULES: readonly Rule[] = [
  commands,
  foreign,
  person,
  orders,
  priorities,
  superlative,
  comparison,
  again,
  unclear,
  denial,
  removal,
  limitedSearch,
  bargain,
  wishes,
  complaint,
  counted,
  purchase,
  question,
  search,
  pointing,
  bareWords,
];

/** What a clause that is more than set phrases is meant to do. */
export function decided(heard: Mentions, setting: Setting): Heard {
  for (const rule of RULES) {
    const found = rule(heard, setting);
    if (found) return found;
  }
  return unsure("act");
}

/** What matters to them, or does not, and no more than that: a product named or a price asked for beside it is read on. */
function priorities(heard: Mentions, setting: Setting): Heard | null {
  if (heard.priorities.length === 0 && heard.unimportant.length === 0) return null;
  const money = heard.prices.length > 0 || heard.less !== null || heard.off_bp !== null;
  const more = money || heard.codes.length > 0 || heard.quantity !== null || heard.lines.length > 0;
  if (more || heard.cue("lower") || heard.cue("buy") || heard.cue("find") || asks(heard.text)) return null;
  if (heard.wishes) return setting.pointed ? sure(0.88, proposalOf(heard, setting, false)) : null;
  if (heard.priorities.length === 0) return { acts: [], confidence: 0.9 };
  return sure(0.88, { act: "propose", priorities: [...heard.priorities] });
}

function asks(text: string): boolean {
  return /[?？]|(?:나요|까요|가요)\s*$/.test(text);
}

/** Texts that try to command rather than to buy may at most name a price. */
function commands(heard: Mentions, setting: Setting): Heard | null {
  if (!heard.cue("attack")) return null;
  const priced = heard.prices.some((price) => price.explicit) && setting.pointed;
  if (!priced) return unsure("out_of_scope");
  const bare: Mentions = { ...heard, lines: [], item: null, per: null, quantity: null };
  return sure(0.6, proposalOf(bare, setting, false));
}

function foreign(heard: Mentions): Heard | null {
  const shop = heard.cue("have") || heard.cue("find") || heard.prices.some((price) => price.explicit);
  return heard.cue("foreign") && !shop ? unsure("out_of_scope") : null;
}

function person(heard: Mentions, setting: Setting): Heard | null {
  if (topicOf(heard, setting) === "human" && !WISHED.test(heard.text)) return null;
  return heard.cue("person") ? sure(0.95, { act: "handoff" }) : null;
}

/** Whether this is one is asked, or that one should come. */
const WISHED =
  /\b(?:i|me|we|us) (?:can|could|may|might|want|need|would)\b|\b(?:can|could|may) (?:i|we)\b|\b(?:get|put|connect|transfer) me\b|싶|연결|바꿔|불러|해 ?주/;

/** What was offered or read back, said once more. */
function again(heard: Mentions, setting: Setting): Heard | null {
  const more = heard.prices.length > 0 || heard.quantity !== null || heard.wishes || heard.codes.length > 0;
  if (!heard.cue("again") || more || !setting.offer || (names(heard) && !titled(heard, setting))) return null;
  if (setting.state.readback) return sure(0.85, { act: "inform", details: {} });
  return sure(0.9, { act: "propose" });
}

/** Acts on orders already placed, and taking back one's own proposal. */
function orders(heard: Mentions, { state, offer }: Setting): Heard | null {
  const intent = intentIn(heard.raw, state.intents);
  if (heard.cue("withdraw")) return sure(0.92, { act: "withdraw" });
  if (
    heard.cue("cancel") &&
    !heard.cue("negated") &&
    !keepsOrder(heard.text) &&
    !/subscription|정기|구독/.test(heard.text)
  ) {
    const explicit = /order|purchase|주문|구매|결제|계약/.test(heard.text);
    const ordered = state.intents.length > 0;
    if (!ordered && offer) return sure(0.85, { act: "reject", reason: "timing_deferred" });
    if (explicit || ordered) return sure(0.93, { act: "cancel_order", ...intent });
  }
  const placed = state.intents.length > 0 || PLACED.test(heard.text);
  return heard.cue("status") && placed ? sure(0.93, { act: "order_status", ...intent }) : null;
}

/** "Don't cancel it", "how can I cancel if ...?": spoken of, and not wanted. */
export function keepsOrder(text: string): boolean {
  return KEEPS.test(text);
}

const KEEPS =
  /\b(?:don't|do not|didn't|won't|not going to|never|no need to|not want to|don't want to) (?:want to |please )?cancel|\bcancel\w*,? (?:but|and then) (?:no|not|decided)|^(?:how|what happens|what if|if|when|until when)\b.*cancel|취소(?:하지|는? ?안|할 ?생각(?:은|이)? ?없|하려면|하면|할 수)/;

/** Without an order on record, only words that speak of one make it more than a question about shipping. */
const PLACED = /\border|package|parcel|shipment|track|주문|택배|조회|발송|출고/;
const ORDER_ID =
  /(?:order|주문|번호)[^\w]*(?:number|no\.?|id|번호)?[^\w]{0,3}((?=[\w-]*\d)[A-Za-z0-9_-]{4,80})/i;

export function intentIn(raw: string, intents: readonly { readonly id: string }[]): { intent?: string } {
  const known = intents.find((intent) => raw.includes(intent.id));
  const named = known?.id ?? ORDER_ID.exec(raw)?.[1];
  return named === undefined ? {} : { intent: named };
}

/** Only that something is not wanted: "not the blue one". */
function denial(heard: Mentions, setting: Setting): Heard | null {
  if (!heard.cue("negated") || heard.prices.length > 0 || heard.quantity !== null || heard.wishes)
    return null;
  if (heard.raw.includes("?")) return null;
  const { colour } = setting.lexicon;
  if (colourIn(heard.text, setting) !== undefined) return null;
  const aimed = heard.text.search(colour) >= 0 || refsIn(heard.text, setting).some((ref) => ref !== "that");
  const left = wordsOf(withoutRefs(heard.text, setting).replace(colour, " "), setting);
  const words = left.replace(/^(?:말고요?|아니고요?|아닌|아니라)$/, "");
  if (aimed && words === "") return sure(0.8, { act: "reject", reason: "product_fit" });
  return setting.offer && words === "" && BUYING.test(heard.text) ? sure(0.85, { act: "reject" }) : null;
}

const BUYING =
  /\b(?:take|taking|accept|buy|buying|order|ordering|confirm|proceed|want|agree)|살|사(?=[요겠지])|주문|구매|결제|확정|진행|계약|할게|하겠|되겠/;

/** Only a place pointed at: the answer to "which one?", or a wish to have it. */
function pointing(heard: Mentions, setting: Setting): Heard | null {
  const { item } = heard;
  if (!item || !("ref" in item)) return null;
  if (!setting.pointed) return unsure("item");
  if (heard.cue("negated")) return unsure("act");
  if (heard.cue("condition")) return unsure("condition");
  if (heard.cue("question")) return sure(0.75, { act: "ask", item, question: heard.raw });
  if (setting.live > 1 && item.ref !== "that" && !item.options) return sure(0.8, { act: "accept", item });
  return sure(0.75, { act: "propose", lines: [{ item }] });
}

/** Words without a sign of what to do with them: something to look for if they are few, else not understood. */
function bareWords(heard: Mentions, setting: Setting): Heard | null {
  const words = wordsOf(heard.text, setting);
  const count = words === "" ? 0 : words.split(" ").length;
  // Who begins with a long description is looking for it.
  if (count === 0 || count > (setting.pointed ? 6 : 12) || heard.cue("negated")) return null;
  if (setting.state.readback) return null;
  if (setting.offer && !titled(heard, setting) && words !== plain(heard.text)) return null;
  if (setting.offer && titled(heard, setting))
    return sure(0.7, { act: "propose", lines: [{ item: heard.item ?? standing(setting) }] });
  return { ...sure(count <= 4 ? 0.7 : 0.6, searchFor(heard, setting)), guess: true };
}

/** With an offer open only a bare name is looked for; a sentence that was not understood is asked about. */
function plain(text: string): string {
  return text
    .replace(/[.,!?~¦\s]+/g, " ")
    .trim()
    .replace(/(?<=[가-힣a-z0-9]{2})(?:으로요|로요|이요)$/, "");
}
