import { figuresIn } from "./figures.ts";
import { clausesOf, HEAVY, heavyIn } from "./heavy-words.ts";
import type { Objection } from "./objection.ts";
import type { Support } from "./support.ts";

/** Terms hung on what they do not depend on, tax in the wrong price, and hopes: of an approval, of a lower price. */
export function conditionObjections(text: string, support: Support): Objection[] {
  return [
    ...hungObjections(text, support),
    ...inclusionObjections(text, support),
    ...pendingObjections(text, support),
    ...loweringObjections(text, support),
  ];
}

/** Times and conditions: what is hung on what must hang together in the support too. */
function hungObjections(text: string, { lang, anchors }: Support): Objection[] {
  const out: Objection[] = [];
  const parts = clausesOf(text);
  for (const [i, part] of parts.entries()) {
    const clause = LEADS.test(part) ? `${parts[i - 1] ?? ""} ${part}` : part;
    if (hasStrayDate(clause, lang)) out.push(strayDate(clause));
    const match = HANGS[lang].exec(clause);
    if (!match) continue;
    const inner = match[1] ?? "";
    const outer = clause.replace(inner, " ");
    const [a, b] = [heavyIn(outer, lang), heavyIn(inner, lang)];
    const loose = a.some((first) =>
      b.some(
        (second) =>
          first !== second &&
          !anchors.clauses.some(
            ({ stems }) =>
              HEAVY[lang].get(first)?.some((w) => stems.has(w)) &&
              HEAVY[lang].get(second)?.some((w) => stems.has(w)),
          ),
      ),
    );
    if (loose)
      out.push({
        kind: "promise",
        words: clause.trim().slice(0, 80),
        say: "The house words do not make the one depend on the other: say each by itself.",
      });
  }
  return out;
}

const LEADS = /^\s*(?:when|after|before|once|upon|until|unless|if|while)\b/i;

/** A date says how long the offer holds, and nothing of when to pay, to send back or to arrive. */
function hasStrayDate(clause: string, lang: Support["lang"]): boolean {
  return (
    !/valid|open|good|stand|hold|offer|expire|유효|제안|기한|조건/i.test(clause) &&
    MAYBE_DATE.test(clause) &&
    heavyIn(clause, lang).length > 0 &&
    figuresIn(clause).figures.some(({ kind }) => kind === "date" || kind === "time")
  );
}

const MAYBE_DATE =
  /\d ?[:/월시.-] ?\d|\d월|[ap]\.?m\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)/i;

function strayDate(clause: string): Objection {
  return {
    kind: "date",
    words: clause.trim().slice(0, 80),
    say: "That date is only how long the offer holds.",
  };
}

const HANGS = {
  en: /\b(?:when|after|before|once|upon|until|unless|if|while|on(?= (?:delivery|arrival|receipt))) ([^,]{1,60})/i,
  ko: /(?:^|\s)((?:[^\s]+ ){0,2}[^\s]*(?:후|뒤|전|때|시고|나서))(?=[\s에은는,]|$)/,
} as const;

/** Tax that comes on top is in the total, and in no other price. */
function inclusionObjections(text: string, { lang, taxIn, totals }: Support): Objection[] {
  if (taxIn)
    return text
      .split("\n")
      .filter((line) => TAX_OUT[lang].test(line))
      .map((line) => ({
        kind: "promise",
        words: line.trim().slice(0, 80),
        say: "The prices contain their tax: do not say that it is added.",
      }));
  return (text.match(/[^\n!?.]+(?:\.\d[^\n!?.]*)*/g) ?? [])
    .filter((sentence) => TAX_IN[lang].test(sentence) && !TOTAL[lang].test(sentence))
    .filter((sentence) => !figuresIn(sentence).figures.some(({ key }) => totals.has(key)))
    .map((sentence) => ({
      kind: "promise",
      words: sentence.trim().slice(0, 80),
      say: "Tax is not in that price: say it only of the all-in total.",
    }));
}

const TAX_OUT = {
  en: /\b(?:plus|before|without|excluding|not including) (?:\w+ )?(?:tax|vat)\b|\b(?:tax|vat) (?:is|comes|gets) (?:added|extra|on top|not included)/i,
  ko: /(?:세금|부가세|판매세)[^.\n]{0,6}(?:별도|추가|더해|붙)/,
} as const;
const TAX_IN = {
  en: /\b(?:tax|vat)\b[^.]{0,20}\binclu|\binclu\w*[^.]{0,24}\b(?:tax|vat)\b|(?:tax|vat) (?:is|are) (?:covered|paid|taken)/i,
  ko: /(?:세금|부가세|판매세)[^.]{0,12}포함/,
} as const;
const TOTAL = { en: /total|all[- ]in|altogether|in all|comes? to/i, ko: /합계|총|모두/ } as const;

/** An approval that is waited for is not there yet, and nobody can say that it will come. */
function pendingObjections(text: string, { lang, anchors }: Support): Objection[] {
  const third = [...text.matchAll(THEY_ARE[lang])].map(([words]) => words);
  const early = anchors.flags.has("#approval")
    ? clausesOf(text).filter((clause) => APPROVAL[lang].test(clause) && !WAITING[lang].test(clause))
    : [];
  return [...third, ...early].map((words) => ({
    kind: "commitment",
    words: words.trim().slice(0, 80),
    say: "Nobody has done or said that: say only what the house words say of other people.",
  }));
}

const THEY_ARE = {
  en: /\b(?:someone|somebody|person|team|colleague|human)\b(?: \w+){0,3}? (?:is|are) (?:here|now|glad|happy|ready|available|on|sure)\b/gi,
  ko: /(?:상담원|담당자|직원)[이가은는] (?:지금|곧|바로|이미)/g,
} as const;
const APPROVAL = { en: /\bapprov/i, ko: /승인/ } as const;
const WAITING = {
  en: /wait|need|has to|have to|must|until|once|before|after|first|for (?:a|an|the|your)?|pending|when|as soon as|subject|requires?/i,
  ko: /기다|필요|전|후|면|받아야|까지|대기|거쳐|대로/,
} as const;

/** Going lower is told by who does, with the price it goes to: none may be hoped for. */
function loweringObjections(text: string, { lang, anchors }: Support): Objection[] {
  return text
    .split(/(?<=[.!?])\s|\n/)
    .filter((part) => LOWERING[lang].test(part) && !/\d|[?:]\s*$/.test(part) && !NOT_LOWER[lang].test(part))
    .filter((part) => !anchors.flags.has("#lower") || IF[lang].test(part))
    .map((part) => ({
      kind: "commitment",
      words: part.trim().slice(0, 80),
      say: "Say of a lower price only which it is.",
    }));
}

const LOWERING = {
  en: /\b(?:come|go|bring) (?:it |that |the price )?(?:down|lower)|\blower (?:it|the price)|take (?:\w+ ){0,3}off/i,
  ko: /(?:더|좀|조금) (?:낮|내려|깎|빼)|낮춰 드|깎아 드/,
} as const;
const IF = { en: /\b(?:if|when|once|unless)\b/i, ko: /면/ } as const;
const NOT_LOWER = {
  en: /can't|cannot|couldn't|not|n't|as (?:far|low)|lower than|already|final|lowest/i,
  ko: /어렵|어려|없|못|않|죄송|했|봤|렸|최종/,
} as const;
