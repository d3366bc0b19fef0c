import type { Edit, Edits } from "./edits.ts";
import { COLOURED, n, SHAPES } from "./edits-patterns-en.ts";
import type { Setting } from "./setting.ts";
import { lineFor, onlyWhich, wordsIn } from "./table.ts";

/** Reads segment by segment; what one leaves open ("a webcam and a headset, four of each") another may fill in. */
export class Reader {
  readonly #setting: Setting;
  #edits: Edit[] = [];
  #talk = false;
  #adds = false;
  /** Words that name what follows: "headphones, one in navy". */
  #noun = "";
  #used = false;
  #verb: "add" | "remove" | null = null;
  #explicit = false;

  /** What does nothing to an order is passed over: the message was read by others, and only its goods are asked for. */
  readonly #beside: boolean;

  constructor(setting: Setting, beside: boolean) {
    this.#setting = setting;
    this.#beside = beside;
  }

  reads(segment: string): boolean {
    const [, verb, rest = segment] = ADDING.exec(segment) ?? [];
    if (verb !== undefined) {
      this.#verb = "add";
      this.#adds = true;
      this.#explicit = true;
      return this.#goods(trimmed(rest.replace(/ instead$/, ""))) || this.#shaped(rest);
    }
    if (/^(?:those|they|that|these) can go$/.test(segment)) return this.#edits.at(-1)?.op === "remove";
    return (
      this.#each(segment) ||
      this.#shaped(segment) ||
      this.#only(segment) ||
      this.#goods(segment) ||
      this.#spoken(segment)
    );
  }

  done(text: string): Edits | null {
    const ordered = this.#explicit || (this.#edits.length > 1 && (this.#beside || ORDERS.test(text)));
    if (!ordered || this.#edits.some((edit) => "goods" in edit && edit.goods !== null && !named(edit.goods)))
      return null;
    if (this.#noun !== "" && !this.#used && !this.#beside) {
      if (this.#edits.length === 0 || !ORDERS.test(text)) return null;
      this.#edits.unshift({ op: "set", goods: this.#noun, count: 1 });
    }
    return {
      edits: this.#edits,
      talk: this.#talk,
      adds: this.#adds || /\b(?:also|too|as well|on top)\b/.test(text),
    };
  }

  #shaped(segment: string): boolean {
    for (const [pattern, make] of SHAPES) {
      const found = pattern.exec(segment);
      const edit = found && make(found);
      if (!edit) continue;
      if (edit.op === "swap" && edit.goods === null && !onlyWhich(edit.into.replace(ONES, ""), this.#setting))
        return false;
      if (edit.op === "remove" || edit.op === "less") this.#verb = "remove";
      this.#push(
        edit.op === "set" || edit.op === "remove" ? { ...edit, goods: this.#whole(edit.goods) } : edit,
      );
      return true;
    }
    return false;
  }

  /** "Four of each", "ten units each", "one each": a count for all that was named, or shown. */
  #each(segment: string): boolean {
    const [, count] = EACH.exec(segment) ?? [];
    if (count === undefined || (PRICE_OF_EACH.test(segment) && this.#countedAlready())) return false;
    this.#explicit = true;
    if (this.#edits.length === 0 && this.#noun === "") this.#edits.push({ op: "every", count: n(count) });
    else
      this.#edits = this.#edits.map((edit) =>
        edit.op === "set" || edit.op === "every" ? { ...edit, count: n(count) } : edit,
      );
    return true;
  }

  /** "Two chairs, 300 each": one thing has no count for each, and what was counted is not counted again. */
  #countedAlready(): boolean {
    const counts = this.#edits.map((edit) => ("count" in edit ? (edit.count ?? 0) : 0));
    return counts.length === 1 || counts.some((count) => count > 1);
  }

  /** "Only the toner": the rest of what stands goes. */
  #only(segment: string): boolean {
    const [, count, goods = ""] = ONLY.exec(segment) ?? [];
    if (goods === "" || !lineFor(goods, this.#setting)) return false;
    this.#push({ op: "only", goods, count: count === undefined ? null : n(count) });
    return true;
  }

  #goods(segment: string): boolean {
    const as = SAME.exec(segment)?.[1];
    const last = this.#edits.at(-1);
    if (as !== undefined) {
      if (!last || !("count" in last) || last.count === null) return false;
      this.#push({ op: "set", goods: as, count: last.count });
      return true;
    }
    const lone = /^(\d{1,4})$/.exec(segment)?.[1];
    if (lone !== undefined && this.#noun !== "" && !this.#setting.pointed) {
      this.#push({ op: "set", goods: this.#noun, count: n(lone) });
      this.#noun = "";
      return true;
    }
    const less = this.#verb === "remove" ? /^(\d{1,4}|one) of (?:the |those )?(.+)$/.exec(segment) : null;
    if (less) {
      this.#push({ op: "less", goods: less[2] ?? "", count: n(less[1]) });
      return true;
    }
    const [, count, rest = segment] = COUNTED.exec(segment.replace(/^one (?!of )(?=\S)/, "1 ")) ?? [];
    const meant = this.#whole(this.#beside && count !== undefined ? rest.replace(SAYS_MORE, "") : rest);
    const goods = count !== undefined && THEM.test(meant) && this.#noun !== "" ? this.#noun : meant;
    if (goods === this.#noun) this.#used = true;
    if (count === undefined && this.#counts(segment)) return true;
    if (!named(goods)) return false;
    if (count !== undefined) return this.#counted(goods, n(count), rest);
    if (/^the .* ones?$/.test(segment) && this.#which(segment.replace(/^the | ones?$/g, ""))) return true;
    const thing = /^(?:an?|1) |^(?:the|that|this) .*\bone$/.test(segment);
    if (this.#verb === "remove" && !thing) {
      if (!/[a-z]{4}/.test(goods) || !lineFor(goods, this.#setting)) return false;
      this.#push({ op: "remove", goods });
    } else if (
      thing ||
      this.#verb === "add" ||
      (this.#edits.length > 0 && this.#explicit && /^the /.test(segment))
    )
      this.#edits.push({ op: "set", goods, count: this.#edits.length > 0 || thing ? 1 : null });
    else if (this.#edits.length === 0 && this.#noun === "") this.#noun = goods;
    else return this.#which(segment);
    return true;
  }

  /** "... and the paper to 20 boxes": the verb stands with what came before. */
  #counts(segment: string): boolean {
    const [, goods = "", count] = AND_TO.exec(segment) ?? [];
    if (goods === "" || this.#edits.at(-1)?.op !== "set" || !lineFor(goods, this.#setting)) return false;
    this.#edits.push({ op: "set", goods, count: n(count) });
    return true;
  }

  #counted(goods: string, count: number, said: string): boolean {
    this.#explicit = true;
    if (onlyWhich(goods, this.#setting) && !ONES_OF.test(said)) {
      const last = this.#edits.at(-1);
      const noun = this.#noun || (last && "goods" in last ? (last.goods ?? "") : "");
      const kind = wordsIn(noun.replace(this.#setting.lexicon.colour, " ")).filter(
        (word) => !/^\d/.test(word),
      );
      if (kind.length > 0) {
        this.#edits = withoutTotal(this.#edits, noun);
        this.#noun = noun;
        this.#used = true;
        this.#edits.push({ op: "set", goods: [...wordsIn(goods), ...kind].join(" "), count });
        return true;
      }
    }
    this.#verb = null;
    this.#edits.push({ op: "set", goods, count });
    return true;
  }

  /** "..., in white", "..., black, for it": which of the goods named before. */
  #which(segment: string): boolean {
    const last = this.#edits.at(-1);
    if (last?.op !== "set" || !onlyWhich(segment, this.#setting)) return false;
    this.#edits[this.#edits.length - 1] = { ...last, goods: `${last.goods} ${segment}` };
    return true;
  }

  #whole(goods: string): string {
    return goods
      .replace(/^(?:of |the |those |these )+(?=\S)/, (lead) =>
        /(?:them|those|these)$/.test(goods) ? lead : "",
      )
      .trim();
  }

  #spoken(segment: string): boolean {
    const titles = (this.#setting.offer?.lines ?? []).map(({ title }) => title.toLowerCase()).join(" ");
    const words = segment.split(" ");
    const names = words.some((word) => word.length > 3 && titles.includes(word.replace(/s$/, "")));
    if (this.#beside) return !/\d|\bone (?!of|more|thing)\w/.test(segment) && !names;
    if (/\d/.test(segment) || names || DANGEROUS.test(segment) || !TALKS.test(segment)) return false;
    this.#talk ||= segment !== "";
    return words.length <= 8;
  }

  #push(edit: Edit): void {
    this.#explicit = true;
    this.#edits.push(edit);
  }
}

/** "Three mice, two black and one white": what was counted as a whole is told apart. */
function withoutTotal(edits: readonly Edit[], noun: string): Edit[] {
  const [last] = edits.slice(-1);
  return last?.op === "set" &&
    last.goods === noun &&
    !/\b(?:with|in)\b/.test(noun) &&
    edits.length === 1 &&
    !COLOURED.test(noun)
    ? []
    : [...edits];
}
const THEM = /^(?:them|those|these)$/;
/** What follows the goods and says why, when or whether. */
const SAYS_MORE =
  / (?:for|to|at|if|because|since|so|that|which|who|as|i|we|you|they|is|are|on|from|by|each|now|today|tomorrow|asap|instead|then|when|while|though|thanks|delivered|shipped|ready|available|next|this|or|but|not|until|before|after|whatever|total|altogether|all)\b.*$/;
const ORDERS =
  /\b(?:order|send|buy|purchase|get me|get us|i'll (?:have|take)|we'll (?:have|take)|put (?:me|us) down|give me|can i (?:have|get))\b/;
const ADDING =
  /^(?:also )?(add|include|throw in|put in|throw|put|chuck in|tack on)\s+(?:in )?((?:\d{1,4}|an?|the) .+?)(?: in| on)?$/;
const EACH =
  /^(?:(?:with|in|at) )?(\d{1,4}|one)(?: (?:units?|pieces?|pcs))?(?: of)? each(?: of (?:them|those|these))?$/;
const PRICE_OF_EACH = /^\d+ each$/;
const ONLY = /^(?:only|just) (?:(\d{1,4}) (?:of )?)?(.+)$/;
const AND_TO = /^(.+?)(?: (?:up |down |back )?to)? (\d{1,4})(?: (?:boxes|bags|packs|pieces|units))?$/;
const SAME = /^(?:as many|the same (?:number|amount|quantity|count) of|an equal number of) (.+)$/;
const COUNTED = /^(\d{1,4})(?: of| more)? (?!-)(.+)$/;
const ONES = /\bones?\b/g;
const ONES_OF = /^(?:the |of )/;
const TALKS =
  /\b(?:i|we|it|that|this|is|are|have|has|already|fine|thanks?|ok|good|works?|for|my|our|boss|team|own)\b|^(?:wait|sorry|no|yes|great|good|perfect|thanks)$/;
const DANGEROUS =
  /\b(?:not|no|don't|won't|never|only|instead|without|if|but|price|cheaper|cancel|stop|nothing|pay|ship|total|deal|accept|confirm|agree)\b(?!$)/;

/** A segment without manners and the words that ask for things. */
export function trimmed(segment: string): string {
  let text = segment.trim();
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(LEAD, "").replace(TAIL, "").trim();
  }
  return text;
}

const LEAD =
  /^(?:(?:and|but|so|ok|okay|yeah|yes|yep|sure|right|well|oh|ah|actually|please|then|now|also|hi|hello|hey|great|good|fine|alright|perfect|thanks a lot|thank you (?:so|very) much|thanks|thank you|sorry|wait|hmm|so that's|that's|that is|that would be|it's|maybe|perhaps|rather|just(?! the)|plus)(?=\s|$)|(?:i|we)(?:'d| would|'ll| will)? (?:really |just |also |do |still |only )*(?:(?<='ll )have|(?<=will )have|(?<='d )have|like|want|need|take|get|order|buy|go with|go for|grab)(?: to (?:have|get|order|buy|take))?(?=\s|$)|(?:i|we)(?:'m| am|'re| are) (?:after|ordering|buying|taking)(?=\s|$)|(?:can|could|may|might|would|will) (?:i|we|you) (?:please |just |also |possibly )*(?:have|get|order|buy|do|take (?=\d|the (?!\w+ off|\w+ \w+ off|\w+ out)))(?=\s|$)|(?:can|could|would|will) (?:i|you|we)(?: please| just| also)*(?=\s)|(?:is it|would it be) (?:possible|too late) to(?: have| get)?(?=\s)|(?:give|get|send|quote|order|book|bring) (?:me|us)(?=\s)|(?:order|buy|send|take|get|purchase|grab)(?! off| out| rid)(?=\s(?!.*\b(?:off|out)$))|put (?:me|us) down for(?=\s)|let(?:'s|s| us) (?:do|have|get|go with|go for|say|order|take)(?=\s)|let(?:'s| us)(?=\s)|(?:a )?quote (?:for|on|me)(?=\s)|(?:how|what) about(?=\s)|go ahead and(?=\s))\s*/;
const TAIL =
  /\s*(?:please|thanks|thank you|pls|then|too|as well|also|if possible|for now|for (?:me|us|the (?:office|team|boss|house|kids|kitchen|meeting room))|on there|in there|there|to (?:it|that|the order|my order)|on (?:it|the order)|(?:off |from )?the (?:list|order)|as (?:it|they) (?:is|are)|this time|all together|in total|right|ok|okay)$/;

/** The words right after a count, as far as they may name what is counted. */
export function nounsAfter(text: string, count: number): string[] {
  const rest =
    new RegExp(`(?<![\\w.$])${count} (?:of (?:the |those )?)?([a-z][^,.!?;:¦]*)`).exec(text)?.[1] ?? "";
  return wordsIn(rest.replace(SAYS_MORE, ""));
}

/** Nothing in it that names no goods: verbs, pronouns, figures that stand alone. */
function named(goods: string): boolean {
  const words = wordsIn(goods);
  if (/^(?:them|those|these)$/.test(goods)) return true;
  return /[a-z]{2}/.test(goods) && words.length > 0 && words.length <= 7 && !UNNAMED.test(goods);
}

const UNNAMED =
  /\b(?:i|we|you|he|she|they|is|are|was|were|be|been|do|did|have|has|had|will|would|can|could|should|not|no|don't|what|how|who|where|because|since|than|to|at|by|from|about|yes|ok|okay|thanks|thank|please|deal|more|less|fewer|please|hours?|minutes?|people|persons?|guys|times?|years?|again|actually|instead|already|my|make|add|drop|remove|want|need|same|each|ea|apiece|pcs?|every(?:thing)?|else|percent|offs?|order|total|good|great|sure|fine|right|it's|that's|i'm|i'd|i'll|let's|secs?|moment|questions?|things?|reason|problem|sale|status|agent|kids|proceed|approved?|everyone|agreed?|confirm\w*|accept\w*|cancel\w*)\b/;
