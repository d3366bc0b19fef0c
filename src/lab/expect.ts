import type { Offer } from "../domain/offer.ts";
import type { Move, Words } from "../domain/reply.ts";
import type { Expect, ExpectedOffer, Figure, Said } from "./fixture.ts";
import type { Failure, PlayedTurn } from "./outcome.ts";

/**
 * What of `wanted` does not hold of a turn. `last` is the latest offer before it. A turn that was refused is held to
 * `fault` alone; one that expects a fault and got a reply fails by that alone.
 */
export function unmet(turn: Omit<PlayedTurn, "failures">, wanted: Expect, last: Offer | null): Failure[] {
  const { move, words, fault } = turn;
  if (wanted.fault !== undefined || fault !== null)
    return same("fault", wanted.fault ?? null, fault?.code ?? null);
  if (move === null || words === null)
    return [{ path: "words", wanted: "a reply with words", got: move === null ? "no reply" : "no words" }];
  return [
    ...moveFailures(move, wanted),
    ...(wanted.offer ? offerFailures(move.offers[0], wanted.offer, last) : []),
    ...wordFailures(words, wanted),
    ...modelFailures(turn, wanted),
  ];
}

function moveFailures(move: Move, wanted: Expect): Failure[] {
  const shown = move.results.map((card) => card.sku);
  const cited = move.citations.map((citation) => citation.fact);
  return [
    ...(wanted.act === undefined ? [] : oneOf("act", [wanted.act].flat(), move.act)),
    ...(wanted.reasons === undefined ? [] : all("reasons", wanted.reasons, move.reasons)),
    ...(wanted.ask === undefined ? [] : same("ask", wanted.ask, move.ask)),
    ...(wanted.offers === undefined ? [] : same("offers", wanted.offers, move.offers.length)),
    ...(wanted.results === undefined ? [] : same("results", wanted.results, shown)),
    ...(wanted.shows === undefined ? [] : all("shows", wanted.shows, shown)),
    ...(wanted.cites === undefined ? [] : all("cites", wanted.cites, cited)),
    ...(wanted.unanswered === undefined
      ? []
      : same(
          "unanswered",
          wanted.unanswered,
          move.answers.some((answer) => answer.facts.length === 0),
        )),
    ...(wanted.intent === undefined
      ? []
      : same("intent.status", wanted.intent.status, move.intents.at(-1)?.status ?? null)),
    ...(wanted.intents === undefined ? [] : same("intents", wanted.intents, move.intents.length)),
  ];
}

function offerFailures(offer: Offer | undefined, wanted: ExpectedOffer, last: Offer | null): Failure[] {
  if (!offer) return [{ path: "offer", wanted: "an offer", got: null }];
  const goods = offer.lines.filter((line) => !line.gift);
  const failures: Failure[] = [];
  const check = <T>(path: string, expected: T | undefined, got: T) => {
    if (expected !== undefined) failures.push(...same(`offer.${path}`, expected, got));
  };
  const figure = (path: string, expected: Figure | undefined, got: number | undefined) => {
    if (expected !== undefined) failures.push(...within(`offer.${path}`, expected, got ?? null));
  };
  check("skus", wanted.skus?.toSorted(), goods.map((line) => line.sku).sort());
  check("quantity", wanted.quantity, goods[0]?.quantity);
  figure("unit_price", wanted.unit_price, goods[0]?.unit_price);
  figure("total", wanted.total, offer.totals.total);
  figure("delivery_fee", wanted.delivery_fee, offer.terms.delivery.fee);
  for (const issue of ["delivery", "warranty", "payment", "returns"] as const)
    check(issue, wanted[issue], offer.terms[issue].id);
  check("subscription", wanted.subscription, offer.terms.subscription?.id ?? null);
  const kinds = offer.discounts.map((discount) => discount.kind);
  if (wanted.discounts) failures.push(...all("offer.discounts", wanted.discounts, kinds));
  check("final", wanted.final, offer.final);
  if (wanted.cheaper && !(last && offer.totals.total < last.totals.total))
    failures.push({
      path: "offer.cheaper",
      wanted: last ? `less than ${last.totals.total}` : "an offer before it",
      got: offer.totals.total,
    });
  return failures;
}

function wordFailures(words: Words, wanted: Expect): Failure[] {
  const failures = [
    ...(wanted.lang === undefined ? [] : same("lang", wanted.lang, words.lang)),
    ...saidFailures("text", words.text, wanted.text),
    ...saidFailures("speech", words.speech, wanted.speech),
  ];
  const longest = wanted.speech?.longest;
  if (longest !== undefined && words.speech.length > longest)
    failures.push({ path: "speech.longest", wanted: longest, got: words.speech.length });
  const never = NEVER_SAID.exec(`${words.text} ${words.speech} ${words.reprompt}`);
  if (never) failures.push({ path: "text", wanted: "nothing that is never said", got: never[0] });
  return failures;
}

/** Hanja and kana, and what a program says when it has nothing to say. */
const NEVER_SAID = /[\u3040-\u30ff\u3400-\u9fff]|undefined|NaN|\[object|"(?:that|offer)"/;

function saidFailures(path: string, said: string, wanted: Said | undefined): Failure[] {
  const failure = (kind: string, part: string) => ({ path: `${path}.${kind}`, wanted: part, got: said });
  return [
    ...(wanted?.contains ?? [])
      .filter((part) => !said.includes(part))
      .map((part) => failure("contains", part)),
    ...(wanted?.matches ?? [])
      .filter((source) => !new RegExp(source, "u").test(said))
      .map((source) => failure("matches", source)),
    ...(wanted?.not ?? []).filter((part) => said.includes(part)).map((part) => failure("not", part)),
  ];
}

function modelFailures(turn: Omit<PlayedTurn, "failures">, wanted: Expect): Failure[] {
  return [
    ...(wanted.verified === undefined ? [] : same("verified", wanted.verified, turn.by === "model")),
    ...(wanted.calls === undefined ? [] : within("calls", wanted.calls, turn.calls.length)),
    ...(wanted.cost_micro_usd === undefined
      ? []
      : within("cost_micro_usd", wanted.cost_micro_usd, turn.micro_usd)),
    ...(wanted.latency_ms === undefined ? [] : within("latency_ms", wanted.latency_ms, turn.ms)),
  ];
}

function same(path: string, wanted: unknown, got: unknown): Failure[] {
  return JSON.stringify(wanted) === JSON.stringify(got) ? [] : [{ path, wanted, got: got ?? null }];
}

function oneOf(path: string, wanted: readonly string[], got: string): Failure[] {
  return wanted.includes(got) ? [] : [{ path, wanted: wanted.length === 1 ? wanted[0] : wanted, got }];
}

/** Each of `wanted` is there, beside whatever else is. */
function all(path: string, wanted: readonly string[], got: readonly string[]): Failure[] {
  return wanted.every((one) => got.includes(one)) ? [] : [{ path, wanted, got }];
}

function within(path: string, wanted: Figure | { readonly lte: number }, got: number | null): Failure[] {
  if (typeof wanted === "number") return same(path, wanted, got);
  const low = "gte" in wanted ? (wanted.gte ?? 0) : 0;
  const high = wanted.lte ?? Number.MAX_SAFE_INTEGER;
  return got !== null && got >= low && got <= high ? [] : [{ path, wanted, got }];
}
