import type { Issue, Priorities } from "../domain/terms.ts";
import type { Setting } from "./setting.ts";

/** What a clause says matters, most first, what it says does not, and its words without all that. */
export interface Stated {
  readonly priorities: Priorities;
  readonly unimportant: readonly Issue[];
  readonly rest: string;
}

type Named = readonly (readonly [Issue, string])[];

/** The longer name stands first: "shipping costs" are no shipping. */
const ISSUES_EN: Named = [
  [
    "delivery_fee",
    "(?:free |cheap |low )?(?:shipping|delivery) (?:costs?|fees?|charges?)|free (?:shipping|delivery)",
  ],
  [
    "delivery",
    "(?:(?:fast|faster|quick|quicker|speedy|early|prompt|rapid|timely|on[ -]time|reliable) )?(?:delivery|shipping|shipment|arrival)(?: times?| speed| dates?| day)?|(?:speed|lead times?|timing)" +
      "|(?:getting|having|receiving) (?:it|them|this|that|these|everything) (?:here )?(?:fast|quickly|soon|early|on time|right away)" +
      "|(?:how (?:fast|soon|quickly|early)|when) (?:it|they|you)(?: can)? (?:comes?|arrives?|ships?|gets? here|delivers?|get (?:it|them) here)",
  ],
  [
    "warranty",
    "(?:(?:a |the )?(?:long|longer|good|solid|proper|decent) )?(?:warranty|guarantee|coverage)(?: period| length| terms?)?",
  ],
  [
    "payment",
    "payment(?: terms?| dates?| period| deadline| conditions?)?|(?:credit|invoice) terms|(?:paying|being able to pay) (?:later|by invoice|on invoice|on account)",
  ],
  [
    "returns",
    "(?:(?:easy|free|long|longer|flexible|good) )?(?:returns?|refunds?)(?: policy| period| window| terms?)?|being able to (?:return|send) (?:it|them)(?: back)?",
  ],
  [
    "price",
    "(?:(?:a |the )?(?:low|lower|lowest|good|best|right|total|final|overall|bottom) )?(?:price|cost|pricing|total|money|budget)(?: tag| point)?",
  ],
];

const ISSUES_KO: Named = [
  ["delivery_fee", "배송\\s?(?:비용|비|료)|택배비|무료\\s?배송"],
  [
    "delivery",
    "(?:빠른\\s?)?(?:배송|배달|납기|납품|도착|택배)(?:\\s?(?:속도|기간|날짜|날|일정|시기|시간|일))?|속도|(?:빨리|빠르게|일찍|제때|제시간에)\\s?(?:받는|오는|배송되는|도착하는|받아보는|받을\\s?수\\s?있는)\\s?(?:것|거|게|건|걸)",
  ],
  [
    "warranty",
    "(?:무상\\s?|품질\\s?|긴\\s?)?(?:보증|워런티|as|a\\/s|에이에스|사후\\s?관리)(?:\\s?(?:기간|조건|서비스))?",
  ],
  ["payment", "(?:결제|지불)\\s?(?:조건|기한|기일|일|시기|방식|날짜)|후불(?:\\s?결제)?|외상"],
  ["returns", "(?:반품|환불|교환)(?:\\s?(?:조건|기간|기한|정책))?"],
  ["price", "(?:최종\\s?|총\\s?)?(?:가격|단가|금액|총액|비용|예산|가성비)|값|돈"],
];

/**
 * A mention of an issue while a clause is looked at: one letter says which issue, the next which of the mentions it is. The
 * frames below hold a mention many times over; with every name of every issue in its place they took a second to compile.
 */
const FIRST = 0xe000;
const MENTION = "[\\ue000-\\ue00f][\\uf000-\\uf8ff]";
const NOT_PRICE = "[\\ue000-\\ue004][\\uf000-\\uf8ff]";
const NUMBERED = 0xf000;
const PRIVATE = /[\ue000-\uf8ff]/;

const EN = `(?:(?:the|a|your|my|our) )?${MENTION}`;
const LIST_EN = `${EN}(?:(?:,? (?:and|then|and then|followed by|plus)|,) ${EN}){0,3}`;
const WHOM = "(?: (?:to|for|with) (?:me|us|my (?:team|boss)))?";
const FAR =
  "(?:by far |really |very |so |quite |extremely |absolutely |definitely |actually |simply |just |still |all |always )*";
const THAN = `(?: (?:than|over|above|before) (?:just )?(?:about )?(?:${EN}|anything(?: else)?|everything(?: else)?))`;

/** "..., then the warranty": what comes after the first. */
const NEXT_EN = `(?:,? (?:(?:and then|then|followed by|next|second(?:ly)?)(?: comes?)? (?<then>${EN})|(?<second>${EN}) (?:comes )?(?:second|next|after that)))?`;

/** What matters is in group `a` of each frame; whatever comes after "than" is left out. */
const MATTERS_EN: readonly RegExp[] = [
  `(?<a>${LIST_EN})(?: is| are|'s| comes?)${WHOM} ${FAR}(?:(?:the |my |our |what )?(?:i care about|we care about|matters|counts|most important|important|more important|number (?:1|one)|no\\.? ?1|#1|first|key|crucial|critical|essential|vital|paramount|everything|decisive|main thing|important thing|top priority|main priority|first priority|biggest priority|priority|a priority|a must|biggest concern|main concern|deciding factor|main factor|key factor))(?: here| thing| factor| point| issue| priority| concern| most)*${WHOM}(?:${THAN})?(?: most| here)?${WHOM}`,
  `(?<a>${LIST_EN}) ${FAR}(?:matters?|counts?)${WHOM}(?: (?:the )?(?:most|more|a lot))?${WHOM}(?:${THAN})?(?: here)?`,
  `(?<a>${LIST_EN}) (?:comes? (?:before|ahead of)|beats|trumps|outweighs) ${EN}`,
  `(?:what|the (?:only |1 |main )?thing(?: that)?|all)(?: (?:i|we))? ${FAR}(?:care about|value|mind|look for|looking for|worry about|matters)(?: (?:the )?most| more than anything)?${WHOM}(?: here)?(?: (?:is|are)|'s|:) (?:that )?(?<a>${LIST_EN})(?: (?:most|above all))?`,
  `(?:my|our|the) (?:top|main|first|biggest|number (?:1|one)|no\\.? ?1|#1|key|most important|only)(?: (?:priority|concern|thing|factor|point|criterion|issue|requirement))?${WHOM}(?: here)?(?: (?:is|are)|:|'s) (?<a>${LIST_EN})`,
  `(?:i|we)(?:'m| am| are|'re)? ${FAR}(?:mostly |mainly |primarily |chiefly |only |more |most )*(?:care|worry|concerned|worried|think)(?: (?:the )?(?:most|more|mostly|mainly|primarily|above all))? about (?<a>${LIST_EN})(?: (?:most|(?:the )?most|above all|more than (?:about )?(?:anything|everything)(?: else)?)|(?: more)${THAN}|${THAN})?`,
  `(?:i|we)(?:'d| would)? ${FAR}(?:value|prioriti[sz]e|rate|put|rank|prefer) (?<a>${LIST_EN})(?: (?:the )?(?:most|first|highest)|(?: more| higher)?${THAN})${WHOM}`,
  `(?<a>${LIST_EN})(?:,? (?:above all|first and foremost|over|rather than|more than|before)(?: (?:${EN}|anything|everything)(?: else)?)?)(?=$|[\\s,.!]*$)`,
].map((source) => framed(`${source}${NEXT_EN}`));

const SLIGHT = "(?:별로|크게|그다지|그리|그렇게|전혀|딱히|아무래도|좀|저는|전|사실)?\\s?";
const KO = `(?:${MENTION}(?:(?:이|가)?\\s?(?:더\\s?)?(?:빠른|긴|싼|저렴한|낮은|좋은|넉넉한|자유로운|쉬운|편한|확실한|되는|가능한|잘\\s?되는)\\s?(?:것|거|게|건|걸|점))?)`;
const LIST_KO = `${KO}(?:\\s?(?:이?랑|하고|와|과|,|그리고|다음은|다음에)\\s?${KO}){0,3}`;
const MOST =
  "(?:(?:저|저희|제|우리|나|회사)\\s?(?:에게|한테|희는|는|로서)*(?:는|은|도)?\\s?|훨씬\\s?|더\\s?|제1\\s?|제일\\s?|가장\\s?|무엇보다(?:도)?\\s?|우선\\s?|특히\\s?|정말\\s?|진짜\\s?|아무래도\\s?|사실\\s?|먼저\\s?)*";
const END = "(?:[가-힣]{0,6}(?:\\s?(?:거든요|해서요|같아요))?)";

const MATTERS_KO: readonly RegExp[] = [
  `(?:${KO}(?:보다(?:는|도)?|보단)\\s?)?(?<a>${LIST_KO})(?:이|가|은|는|도|만)?\\s?${MOST}(?:중요(?!하지|치|도)|우선(?!\\s?[가-힣]+\\s?주)|최우선|먼저(?=[예이에입])|1\\s?순위|일\\s?순위|핵심|관건|생명|결정적|필수|급해|급합)${END}`,
  `(?:제1|제일|가장|더|무엇보다)\\s?(?:중요한|중요하게\\s?생각하는|중요하게\\s?보는|신경\\s?쓰는|따지는|우선인)\\s?(?:건|것은|게|거는|점은|부분은|조건은|건요)?,?\\s?(?<a>${LIST_KO})${END}`,
  `(?:${KO}(?:보다(?:는|도)?|보단)\\s?)?(?<a>${LIST_KO})(?:을|를|이|가)?\\s?${MOST}(?:(?:중요하게|중요시|중시|최우선으로|우선(?:으로|시)?|먼저|1\\s?순위로|많이)\\s?)*(?:생각(?=해|합|하)|봐요|봅니다|보고\\s?있|따져|따집|여겨|여깁|신경\\s?(?:써|씁|쓰(?!지))|합니다|해요|중시)${END}`,
  `(?<a>${NOT_PRICE})만\\s?(?:빠르|빨르|길|넉넉|확실|좋|되|제때|잘|맞)[가-힣]{0,6}?(?:으면|면)\\s?(?:돼|되|됩|괜찮|만족|다)${END}`,
].map(framed);

const NO_MATTER_EN = framed(
  `(?<a>${EN})(?:(?: is|'s| are)(?: not|n't)(?: really| such| that| so| the| my| our| an?)*(?: big| main| biggest| real)?(?: important|issue|problem|concern|priority|thing|point|factor| issue| problem| concern| priority| thing| point| factor| everything| a factor| object)(?: for (?:me|us))?| is no (?:object|issue|problem|concern)| (?:doesn't|does not|don't|do not) (?:really )?(?:matter|count)(?: (?:that |so |as )?much)?${WHOM}| is (?:secondary|less important|not so important|unimportant))` +
    `|(?:i|we) (?:don't|do not) (?:really )?(?:care|mind)(?: (?:much|so much|that much))?(?: about| what)?(?: paying)? (?<b>${EN})`,
);
const NO_MATTER_KO = framed(
  `(?<a>${KO})(?:은|는|이|가|이야|야|쪽은|도)?\\s?${SLIGHT}(?:상관\\s?없|상관\\s?안|중요하지\\s?않|중요치\\s?않|안\\s?중요|문제가?\\s?(?:아니|안|되지)|신경\\s?(?:안\\s?쓰|안\\s?써|쓰지\\s?않)|그다음|나중\\s?문제|둘째\\s?문제|차선|뒷전)${END}|(?:좀\\s?|조금\\s?|더\\s?)?(?<b>비싸)도\\s?(?:괜찮|상관\\s?없|돼|되|좋|됩)${END}`,
);

/** Takes what matters, and what does not, out of a clause. */
export function takePriorities(text: string, { lexicon }: Setting): Stated {
  const english = lexicon.lang === "en";
  const [hint, frames, no, names] = english
    ? [HINT_EN, MATTERS_EN, NO_MATTER_EN, NAMES_EN]
    : [HINT_KO, MATTERS_KO, NO_MATTER_KO, NAMES_KO];
  if (!hint.test(text) || ASKED.test(text) || PRIVATE.test(text))
    return { priorities: [], unimportant: [], rest: text };
  const mentions: string[] = [];
  const whole = text.replace(names, (words, ...more) => marked(words, more.at(-1), mentions));
  const unimportant = no.exec(whole);
  let rest = unimportant ? without(whole, unimportant) : whole;
  const priorities: Issue[] = [];
  for (const frame of frames) {
    const found = frame.exec(rest);
    const said = found && !QUESTION.test(found[0]) ? spoken(found) : "";
    const issues = issuesIn(said).filter((issue) => !priorities.includes(issue));
    if (!found || issues.length === 0) continue;
    priorities.push(...issues);
    // Free of charge is a wish as well, and fast is none: only the first is left to be read on.
    rest = without(rest, found, /free|무료/.test(worded(said, mentions)) ? said : "");
  }
  const set = unimportant?.groups?.a ?? unimportant?.groups?.b ?? "";
  const secondary = /비싸/.test(set) ? (["price"] as const) : issuesIn(set);
  const read = QUESTION.test(text) ? text : worded(rest, mentions);
  return { priorities: priorities.slice(0, 5), unimportant: secondary, rest: read };
}

const MENTIONS = new RegExp(MENTION, "g");
const NAMES_EN = namesOf(ISSUES_EN);
const NAMES_KO = namesOf(ISSUES_KO);
/** As both lists have them, the price last. */
const ORDER = ISSUES_EN.map(([issue]) => issue);

const HINT_EN =
  /matter|important|priorit|care|counts?\b|concern|key\b|crucial|critical|essential|vital|paramount|everything|thing|first|comes? |worr|beats|trumps|outweigh|over\b|above|rather|object|issue|problem|mind\b|value|prefer|rank|rate|look|factor|must\b|secondary|number (?:1|one)|no\.? ?1|#1|decisive/;
const HINT_KO =
  /중요|우선|순위|핵심|관건|생명|결정|필수|급해|급합|중시|생각|봐요|봅니다|보고|따져|따집|여겨|여깁|신경|상관|문제|그다음|뒷전|차선|비싸도|만\s?(?:빠르|길|넉넉|확실|좋|되|제때|잘|맞)|합니다|해요|먼저/;
/** Whoever asks which matters says nothing of the kind; a question beside a statement is read with all its words. */
const ASKED = /^\s*(?:is|are|does|do|which|why|what's|what is)\b.*\?/;
const QUESTION = /[?？]\s*$|(?:나요|까요|가요)\s*$/;

function spoken({ groups }: RegExpExecArray): string {
  return [groups?.a, groups?.then, groups?.second].filter((part) => part !== undefined).join(", ");
}

function framed(source: string): RegExp {
  return new RegExp(source);
}

function without(text: string, found: RegExpExecArray, kept = ""): string {
  return `${text.slice(0, found.index)} ¦ ${kept} ${text.slice(found.index + found[0].length)}`;
}

function namesOf(named: Named): RegExp {
  return new RegExp(named.map(([issue, source]) => `(?<${issue}>${source})`).join("|"), "g");
}

/** The mention that stands for these words, which are kept in their order. */
function marked(words: string, groups: Readonly<Record<string, string>>, mentions: string[]): string {
  const issue = ORDER.findIndex((each) => groups[each] !== undefined);
  mentions.push(words);
  return String.fromCharCode(FIRST + issue, NUMBERED + mentions.length - 1);
}

function worded(text: string, mentions: readonly string[]): string {
  return text.replace(MENTIONS, (mention) => mentions[mention.charCodeAt(1) - NUMBERED] ?? "");
}

function issuesIn(said: string): Issue[] {
  const issues = (said.match(MENTIONS) ?? []).map((mention) => ORDER[mention.charCodeAt(0) - FIRST]);
  return [...new Set(issues)].filter((issue) => issue !== undefined);
}
