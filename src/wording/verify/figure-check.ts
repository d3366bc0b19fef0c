import { REFUSAL } from "./claim-patterns.ts";
import type { Figure } from "./figures.ts";
import { matches } from "./gate.ts";
import { type Blanked, NAMED } from "./names.ts";
import type { Objection } from "./objection.ts";
import { type Role, roleOf, sentenceAround } from "./roles.ts";
import { bagOf, type Support } from "./support.ts";
import type { Backed } from "./supported-figures.ts";

/** Figures of the words that are not supported as what they are said to be. */
export function figureObjections(
  prepared: Blanked,
  figures: readonly Figure[],
  support: Support,
): Objection[] {
  const { text } = prepared;
  return figures.flatMap((figure) => {
    if (figure.kind === "number" && isListNumber(text, figure)) return [];
    if (/^(?:number|count)$/.test(figure.kind) && /[가-힣A-Za-z]$/.test(text.slice(0, figure.at)))
      return [{ kind: "quantity", words: figure.words, say: "Write no digits inside a word." }];
    const wrong = wrongWith(figure, figures, prepared, support);
    return wrong === null
      ? []
      : [{ kind: wrong.kind ?? KINDS[figure.kind], words: figure.words, say: wrong.say }];
  });
}

const KINDS: Readonly<Record<Figure["kind"], Objection["kind"]>> = {
  ...{ amount: "amount", percent: "percent", measure: "unit", date: "date" },
  ...{ time: "date", count: "quantity", number: "quantity" },
};

interface Wrong {
  readonly kind?: Objection["kind"];
  readonly say: string;
}

function wrongWith(
  figure: Figure,
  figures: readonly Figure[],
  { text, about }: Blanked,
  support: Support,
): Wrong | null {
  const sentence = sentenceAround(text, figure);
  const role = roleOf(text, figure, figures);
  const same = support.figures.filter((backed) => agrees(backed, figure, sentence));
  const kind = figure.kind === "measure" && TIME.test(figure.key) ? { kind: "duration" as const } : {};
  if (same.length === 0)
    return {
      ...kind,
      say: `"${figure.words}" is in none of the facts: use only figures of the house words.`,
    };
  const sayable = same.filter(
    ({ theirs }) =>
      !theirs || matches(REFUSAL, sentence) || (matches(ECHO, sentence) && !matches(GRANT, sentence)),
  );
  if (sayable.length === 0)
    return { ...kind, say: `"${figure.words}" is only what they proposed: do not offer or agree to it.` };
  const fit = sayable.filter((backed) => fits(backed, role, figure, sentence));
  if (fit.length === 0)
    return {
      ...(role === "total" ? { kind: "total" as const } : kind),
      say: `"${figure.words}" is not ${WHAT[role] ?? "that"}: say it as what the house words call it.`,
    };
  const skus = matches(FROM, sentence)
    ? new Set<string>()
    : aboutOf(text, figure, about, support.names.parts);
  const right = fit.filter(
    (backed) => backed.about.size === 0 || skus.size === 0 || [...skus].some((sku) => backed.about.has(sku)),
  );
  if (right.length === 0)
    return { ...kind, say: `"${figure.words}" belongs to another product: say it of the right one.` };
  if (
    figure.kind === "amount" &&
    role === "any" &&
    support.several &&
    isOnlyUnit(right) &&
    !matches(EACH, sentence)
  )
    return {
      kind: "total",
      say: `"${figure.words}" is the price of one: say "each", or give the all-in total.`,
    };
  return null;
}

/** What they said is said back, and not granted in the same breath. */
const ECHO =
  /예산|말씀하신|생각하시는|제안하신|원하시는|your (?:budget|offer|price|proposal)|you (?:asked|offered|mentioned|proposed|suggested|said)/gi;
const GRANT =
  /드릴|드려|드리|가능|모시|맞춰|팔|진행|좋|괜찮|접수|okay|\bok\b|fine|can do|works?\b|sell|give|let you|take it|great|\byes\b|sure|happy|deal|do it|yours/gi;
/** A price from which on several products are to be had. */
const FROM = /\bfrom\b|starting|부터/gi;
const TIME = / (?:day|month|hour|minute|second)$/;
const EACH = /\beach\b|apiece|\bper\b|a piece|unit|list|개당|하나|단가|정가|씩|\bone\b|대당/gi;
const WHAT: Partial<Readonly<Record<Role, string>>> = {
  ...{
    total: "the all-in total",
    unit: "the price of one",
    list: "the list price",
    discount: "a discount given",
  },
  ...{
    tax: "the tax",
    delivery: "what delivery is",
    warranty: "what the warranty is",
    payment: "what payment is",
  },
  ...{ returns: "what returns are", stock: "what is in stock", rating: "a rating" },
};

function isOnlyUnit(backed: readonly Backed[]): boolean {
  return backed.every(({ roles }) => roles.has("unit") && !roles.has("total") && !roles.has("list"));
}

/** Same kind and value; one day or month of a range only as its end ("within 5 days"). */
function agrees(backed: Backed, figure: Figure, sentence: string): boolean {
  const kinds = backed.kind === figure.kind || (isCount(backed.kind) && isCount(figure.kind));
  if (kinds && backed.key === figure.key) return true;
  if (backed.kind === "date" && figure.kind === "date")
    return backed.key.endsWith(figure.key) && /^\d+-\d+$/.test(figure.key);
  if (backed.kind !== "measure" || figure.kind !== "measure") return false;
  const [, high] = /^[\d.]+\.\.([\d.]+ \w+)$/.exec(backed.key) ?? [];
  return high === figure.key && matches(WITHIN, sentence);
}

const SIDE: ReadonlySet<Role> = new Set<Role>(["delivery", "warranty", "payment", "returns", "tax"]);
const SUM = /포함|조건|모두|합계|수령|includ|total|all[- ]in|with |pickup/gi;
const WITHIN = /within|up to|at most|at the latest|no more than|maximum|이내|안에|까지|늦어도|최대/gi;

function isCount(kind: Figure["kind"]): boolean {
  return kind === "count" || kind === "number";
}

function fits({ roles, bag }: Backed, role: Role, { kind }: Figure, sentence: string): boolean {
  if (bag !== null) {
    const said = bagOf(sentence);
    const shared = [...bag].filter((word) => said.has(word)).length;
    return role !== "total" && shared >= Math.min(2, bag.size);
  }
  if (kind === "amount") {
    // "With delivery and tax, $157.29": the thing is in the sum, and the sum is no price of it.
    if (SIDE.has(role) && roles.has("total") && matches(SUM, sentence)) return true;
    if (roles.has("payment") && /결제|payment|paid|pay\b/i.test(sentence) && role === "delivery") return true;
    if (role !== "any")
      return roles.has(role) || (role === "unit" && roles.has("list") && /list|정가/i.test(sentence));
    return roles.has("any");
  }
  if (kind === "measure")
    return (
      role === "any" || roles.has(role) || (roles.has("any") && role !== "warranty" && role !== "returns")
    );
  if (role === "stock" && /가지|종류|옵션|options?|colou?rs?|ways/i.test(sentence)) return roles.has("any");
  if (role === "stock" || role === "rating") return roles.has(role);
  return roles.has("any");
}

/** A single word of a title, with whatever ending it has. */
function partOf(word: string, parts: Support["names"]["parts"]): ReadonlySet<string> | undefined {
  const exact = parts.get(word) ?? parts.get(word.replace(/e?s$/, ""));
  if (exact || !/[가-힣]/.test(word)) return exact;
  for (let cut = word.length - 1; cut >= 2; cut--) {
    const part = parts.get(word.slice(0, cut));
    if (part) return part;
  }
  return undefined;
}

/** The product a figure is told of: "$99 for the X", else what was named before it. */
function aboutOf(
  text: string,
  { at, end }: Figure,
  about: Blanked["about"],
  parts: Support["names"]["parts"],
): ReadonlySet<string> {
  const behind = /^ (?:for|against) (?:the |a |an |one )?([\uE100-\uF8FF])/.exec(text.slice(end, end + 24));
  const skus = behind?.[1] === undefined ? undefined : about(behind[1]);
  return skus !== undefined && skus.size > 0 ? skus : aboutBefore(text, at, about, parts);
}

/** The products last named before a place in its sentence, else the only ones named after it. */
function aboutBefore(
  text: string,
  at: number,
  about: Blanked["about"],
  parts: Support["names"]["parts"],
): ReadonlySet<string> {
  const start = Math.max(text.lastIndexOf("\n", at), text.lastIndexOf(". ", at), at - 300, 0);
  for (let i = at - 1; i >= start; i--) {
    const char = text[i] ?? "";
    if (!NAMED.test(char)) continue;
    const skus = about(char);
    if (skus.size > 0) return skus;
  }
  const words = [...text.slice(start, at).matchAll(/[a-z]{3,}|[가-힣]{2,}/gi)].reverse();
  for (const [word] of words) {
    const skus = partOf(word.toLowerCase(), parts);
    if (skus !== undefined && skus.size === 1) return skus;
  }
  return new Set();
}

/** "2. " at the start of a line numbers a list. */
function isListNumber(text: string, { at, end }: Figure): boolean {
  return (
    /(?:^|\n)\s*$/.test(text.slice(0, at)) &&
    /^[.)]\s/.test(text.slice(end)) &&
    Number(text.slice(at, end)) <= 8
  );
}
