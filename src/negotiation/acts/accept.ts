import type { ActOf } from "../../domain/act.ts";
import { Fault } from "../../domain/fault.ts";
import { formatMoney } from "../../domain/money.ts";
import type { Offer } from "../../domain/offer.ts";
import { NO_SUCH_OFFER } from "../../domain/problems.ts";
import { inLang } from "../../domain/text.ts";
import {
  bound,
  detailsObstacle,
  detailsOf,
  namingObstacle,
  type Obstacle,
  openStandings,
  sellingObstacle,
  standingOf,
} from "../binding.ts";
import type { Input, Outcome } from "../input.ts";
import { ISSUES } from "../modes.ts";
import { again, heard, proceed, readBack } from "../readback.ts";

/**
 * Taking an offer. Typed with id and hash it binds or faults; in words it is resolved to exactly one live offer,
 * which is read back before anything binds.
 */
export function accept(input: Input, act: ActOf<"accept">): Outcome {
  if (!input.typed || (act.offer === undefined && act.hash === undefined)) return acceptWords(input, act);
  return acceptTyped(input, act.offer ?? "", act.hash);
}

function acceptTyped(input: Input, id: string, hash: string | undefined): Outcome {
  refuse(namingObstacle(input, id, hash));
  const offer = standingOf(input.state, id)?.offer;
  if (!offer) throw new Fault("unknown_offer", NO_SUCH_OFFER);
  refuse(sellingObstacle(input, offer));
  refuse(detailsObstacle(input, offer, detailsOf(input)));
  if (input.vendor.confirm === "always" || !heard(input, offer)) return readBack(input, offer);
  return bound(input, offer);
}

export function refuse(obstacle: Obstacle | null): void {
  if (obstacle) throw new Fault(obstacle.code, obstacle.message);
}

export function acceptWords(input: Input, act: ActOf<"accept"> | null): Outcome {
  const open = openStandings(input);
  const numbered = byNumber(input, act);
  if (numbered) return picked(input, numbered);
  if (open.length === 0) return nothingOpen(input);
  const seq = open.at(-1)?.seq;
  const latest = open.filter((one) => one.seq === seq).map((one) => one.offer);
  const meant = pointedAt(
    input,
    act,
    latest,
    open.map((one) => one.offer),
  );
  if (missesPlace(input, act, latest.length)) return noSuchNumber(input, latest);
  if (meant.length !== 1 || !meant[0]) return which(input, meant.length > 1 ? meant : latest);
  return taken(input, meant[0], titleOf(input, meant[0]));
}

/** The package under the number said, also where another of them was read back meanwhile. */
function byNumber({ state }: Input, act: ActOf<"accept"> | null): Offer | undefined {
  const place = placeIn(act);
  const id = state.laid.length > 1 && place !== undefined ? state.laid.at(place) : undefined;
  const standing = id === undefined ? undefined : standingOf(state, id);
  return standing?.status === "accepted" || standing?.status === "rejected" ? undefined : standing?.offer;
}

/** A step further with a package; one that gave way to another, or has ended, is on the table again first. */
function picked(input: Input, offer: Offer): Outcome {
  const { laid } = input.state;
  if (offer.expires_at <= input.now) return again(input, offer);
  const among = laid.flatMap((id) => standingOf(input.state, id)?.offer ?? []);
  const number = laid.indexOf(offer.id) + 1;
  const outcome = taken(input, offer, `${number}. ${labelOf(input, offer, among)}`);
  const stands = standingOf(input.state, offer.id)?.status === "live";
  return stands || outcome.move.offers ? outcome : { ...outcome, move: { ...outcome.move, offers: [offer] } };
}

/** On with an offer that was just taken: what it is, is said while details are asked for. */
function taken(input: Input, offer: Offer, label: string): Outcome {
  const outcome = proceed(input, offer, false);
  const asks = outcome.move.act === "clarify" && outcome.move.readback;
  return asks ? { ...outcome, move: { ...outcome.move, choices: [label] } } : outcome;
}

/** A number that nothing has now: a yes to it is no yes to something else. */
function missesPlace({ evidence }: Input, act: ActOf<"accept"> | null, offers: number): boolean {
  const place = placeIn(act);
  return evidence.accepted_sku === null && place !== undefined && place >= offers;
}

/** What stands is said again, so that a yes is to that. */
function noSuchNumber(input: Input, latest: readonly Offer[]): Outcome {
  if (latest.length > 1) return which(input, latest);
  return { move: { act: "offer", reasons: ["offer_superseded"], offers: [...latest] } };
}

function placeIn(act: ActOf<"accept"> | null): number | undefined {
  const item = act?.item;
  return item && "ref" in item && !item.options ? PLACES[item.ref] : undefined;
}

function nothingOpen(input: Input): Outcome {
  const last = input.state.standings.at(-1);
  if (last?.status === "live") return again(input, last.offer);
  return { move: { act: "clarify", reasons: ["no_live_offer"], ask: "item" } };
}

const PLACES: Readonly<Record<string, number>> = { first: 0, second: 1, third: 2, last: -1 };

/** The offers the words can mean: by place among those just shown, by product, else those of the latest reply. */
function pointedAt(
  { evidence, reading }: Input,
  act: ActOf<"accept"> | null,
  latest: readonly Offer[],
  open: readonly Offer[],
): readonly Offer[] {
  const item = act?.item ?? reading.acts.find((one) => one.act === "accept")?.item;
  if (item && "ref" in item && latest.length > 1) {
    const chosen = byPlace(item.ref, latest);
    if (chosen) return [chosen];
  }
  if (evidence.accepted_sku === null) return latest;
  const about = (offer: Offer) => offer.lines.some((l) => !l.gift && l.sku === evidence.accepted_sku);
  const recent = latest.filter(about);
  return recent.length > 0 ? recent : open.filter(about);
}

function byPlace(ref: string, latest: readonly Offer[]): Offer | undefined {
  const byTotal = [...latest].sort((a, b) => a.totals.total - b.totals.total);
  if (ref === "cheaper") return byTotal[0];
  if (ref === "dearer") return byTotal.at(-1);
  const place = PLACES[ref];
  return place === undefined ? undefined : latest.at(place);
}

/** Several offers are open and the words fit more than one. */
export function which(input: Input, offers: readonly Offer[]): Outcome {
  const choices = offers.map((offer) => labelOf(input, offer, offers));
  return {
    move: {
      act: "clarify",
      reasons: ["ambiguous_offer"],
      offers: [...offers].slice(0, 3),
      ask: "choice",
      choices,
    },
  };
}

/** What tells an offer from the others: its goods, or the terms that differ, and what it comes to. */
function labelOf({ vendor, state }: Input, offer: Offer, among: readonly Offer[]): string {
  const total = formatMoney(offer.totals.total, offer.currency, state.lang);
  if (among.some((one) => one.lines[0]?.sku !== offer.lines[0]?.sku)) return titleOf({ state }, offer);
  const differing = ISSUES.filter((issue) =>
    among.some((one) => one.terms[issue].id !== offer.terms[issue].id),
  );
  const labels = differing.flatMap((issue) => {
    const option = vendor.terms[issue].find((one) => one.id === offer.terms[issue].id);
    return option ? [inLang(option.label, state.lang)] : [];
  });
  return [...labels, total].join(", ").slice(0, 400);
}

function titleOf({ state }: Pick<Input, "state">, { lines, totals, currency }: Offer): string {
  const total = formatMoney(totals.total, currency, state.lang);
  return `${lines[0]?.title ?? ""}, ${total}`.slice(0, 400);
}
