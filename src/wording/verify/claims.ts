import {
  AVAILABLE,
  CANCELLED,
  CLAIMS,
  CONFIRMED,
  FREE,
  GONE,
  PLACED,
  SCARCE,
  THINGS,
  YES,
} from "./claim-patterns.ts";
import { allOf, may } from "./gate.ts";
import { type Blanked, NAMED } from "./names.ts";
import type { Objection } from "./objection.ts";
import type { Support } from "./support.ts";

/** Claims of the words that neither the house words nor the vendor's own texts make. */
export function claimObjections(prepared: Blanked, support: Support): Objection[] {
  const text = squeezed(prepared.text);
  const out: Objection[] = [];
  for (const { id, kind, pattern } of CLAIMS) {
    if (support.claims.has(id)) continue;
    for (const match of allOf(pattern, text)) {
      if (HARMLESS[id]?.test(around(text, match.index, match[0].length))) continue;
      if (id === "lowest" || id === "better" || id === "floor") {
        if (support.claims.has("last_word") && LAST_WORD.test(around(text, match.index, match[0].length)))
          continue;
      }
      const words = match[0].trim();
      out.push({ kind, words, say: `Nothing supports "${words}": leave that claim out.` });
    }
  }
  out.push(
    ...freeObjections({ ...prepared, text }, support),
    ...stockObjections(prepared, support),
    ...orderObjections(text, support),
  );
  return out;
}

/** Common talk in which a guarded word claims nothing. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  always:
    /whenever you(?:'re| are) ready|(?:언제든|무엇이든|뭐든)(?:지)? (?:편하게 )?(?:말씀|편하게|물어|문의|알려)|never mind/i,
  soon: /right away\?|오늘 (?:중|안)에 결정/i,
  exclusive: /특별히 (?:찾으시|원하시|생각하|필요하)/,
  prompt: /delivery instructions?\?/i,
};

/** "The best I can do", where the move says that it is. */
const LAST_WORD =
  /best (?:price |offer |deal )?(?:that )?(?:i|we) can|my best|best (?:price|offer)|lowest (?:i|we) can|가장 좋은 조건|최선|더 낮/i;

/** Syllables set apart to hide a word ("무 료", "할-인") are put together again. */
function squeezed(text: string): string {
  if (!HANGUL.test(text)) return text;
  return text.replace(/(?<![가-힣\d])[가-힣](?:[\s·._~-]{1,2}[가-힣](?![가-힣]))+/g, (run) =>
    run.length > 2 && /[·._~-]/.test(run) ? run.replace(/[\s·._~-]/g, "") : run.replace(/\s/g, ""),
  );
}

const HANGUL = /[가-힣]/;

function around(text: string, at: number, length: number): string {
  return text.slice(Math.max(0, at - 24), at + length + 24);
}

function freeObjections({ text, about }: Blanked, support: Support): Objection[] {
  const out: Objection[] = [];
  if (!may(FREE, text)) return out;
  for (const line of text.split(
    /[\n;!?]|\.(?!\d)|, but |, and |\),|(?<=[가-힣])(?:고|며),? | while | whereas /,
  )) {
    for (const match of allOf(FREE, line)) {
      if (/feel free|free to |free up|부담 없이/i.test(line)) continue;
      if (/\bso (?:is|are) /i.test(line)) {
        out.push({
          kind: "promise",
          words: line.trim(),
          say: "Say of each thing by itself whether it is free.",
        });
        continue;
      }
      if (support.refuses && NOT_FREE.test(line)) continue;
      const given = [...line].some(
        (char) => NAMED.test(char) && [...about(char)].some((sku) => support.gifts.has(sku)),
      );
      const partly = [...support.names.parts].some(
        ([part, skus]) =>
          [...skus].every((sku) => support.gifts.has(sku)) &&
          skus.size > 0 &&
          line.toLowerCase().includes(part),
      );
      if ((given || partly) && !/[\uE001\d]/.test(line)) continue;
      const things = THINGS.filter(([, pattern]) => line.search(new RegExp(pattern.source, "i")) >= 0).map(
        ([thing]) => thing,
      );
      const charged = things.filter((thing) => !support.free.has(thing));
      const priced = /[\uE001]/.test(line) && charged.length < things.length;
      if (
        things.length > 0 &&
        (charged.length === 0 ||
          (priced &&
            nearest(line, match.index) !== null &&
            support.free.has(nearest(line, match.index) ?? "")))
      )
        continue;
      out.push({
        kind: "promise",
        words: match[0],
        say: `"${match[0]}" is not so${charged.length > 0 ? ` for ${charged.join(" and ")}` : " here"}: leave it out, or say it only of ${[...support.free].join(", ") || "nothing"}.`,
      });
    }
  }
  return out;
}

/** "I can't add the filters for free." */
const NOT_FREE = /can't|cannot|couldn't|unable|more than (?:i|we) can|어렵|어려|힘들/i;

/** The thing whose word stands nearest to a place. */
function nearest(line: string, at: number): string | null {
  let best: string | null = null;
  let distance = 40;
  for (const [thing, pattern] of THINGS)
    for (const match of line.matchAll(pattern))
      if (Math.abs(match.index - at) < distance) [best, distance] = [thing, Math.abs(match.index - at)];
  return best;
}

function stockObjections({ text, about }: Blanked, support: Support): Objection[] {
  const out: Objection[] = [];
  const say = (words: string, wrong: string) =>
    out.push({ kind: "availability", words, say: `${wrong}: say of stock only what the house words say.` });
  if (![GONE, AVAILABLE, SCARCE].some((pattern) => may(pattern, text))) return out;
  for (const sentence of text.split(/(?<=[.!?\n])/)) {
    const skus = [...new Set(sentence.match(EACH_NAMED) ?? [])].flatMap((char) => [...about(char)]);
    const known = skus.filter((sku) => support.stock.has(sku)).map((sku) => support.stock.get(sku) ?? 0);
    const gone = allOf(GONE, sentence);
    for (const [words] of gone)
      if (!support.gone || (known.length > 0 && known.every((units) => units > 0)))
        say(words, "Nothing says that it is gone");
    if (gone.length === 0)
      for (const [words] of allOf(AVAILABLE, sentence))
        if (!support.available || (known.length > 0 && known.every((units) => units === 0)))
          say(words, "Nothing says that it is to be had");
    for (const [words] of allOf(SCARCE, sentence))
      if (!support.scarce && !/offer|제안/i.test(sentence)) say(words, "Nothing says how few are left");
  }
  return out;
}

function orderObjections(text: string, support: Support): Objection[] {
  const out: Objection[] = [];
  const object = (pattern: RegExp, allowed: boolean, say: string) => {
    if (!allowed) for (const [words] of allOf(pattern, text)) out.push({ kind: "commitment", words, say });
  };
  object(PLACED, support.placed, "No order is placed in this reply: do not say that one is.");
  object(CONFIRMED, support.confirmed, "The order is not confirmed by the shop: do not say that it is.");
  object(CANCELLED, support.cancelled, "Nothing is cancelled in this reply: do not say so.");
  object(YES, support.granted, "Their proposal is not accepted: do not agree to it.");
  return out;
}

const EACH_NAMED = /[\uE100-\uF8FF]/g;
