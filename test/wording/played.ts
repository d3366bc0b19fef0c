import { resolve } from "node:path";
import { loadVendor } from "../../src/app/vendor.ts";
import { Act } from "../../src/domain/act.ts";
import type { Event, Numbered } from "../../src/domain/event.ts";
import { replayed, type State } from "../../src/domain/state.ts";
import type { Vendor } from "../../src/domain/vendor.ts";
import type { Wording } from "../../src/wording/brief-question.ts";
import { word } from "../../src/wording/word.ts";
import { type Dialogue, loadDialogues } from "../dialogue.ts";
import { BUYER, type OpenedHouse } from "../session/opened-house.ts";

export const { vendor } = await loadVendor(resolve(import.meta.dirname, "../../fixtures/vendors/demo"));

/** A turn that was really played, as whoever words its reply meets it. */
export interface Played extends Wording {
  readonly dialogue: string;
  readonly session: string;
}

/** Plays every dialogue, or one of so many, through a gateway of real parts; gives the turns that came as free text. */
export async function playAll(house: OpenedHouse, one_of = 1): Promise<Played[]> {
  const all: Played[] = [];
  const wanted = loadDialogues().filter((_, i) => i % one_of === 0);
  for (const dialogue of wanted) all.push(...(await play(dialogue, house)));
  return all;
}

async function play(dialogue: Dialogue, house: OpenedHouse): Promise<Played[]> {
  const { lang, currency, channel, kind, ship_to } = dialogue;
  const opening = { lang, currency, channel, kind, ...(ship_to ? { ship_to } : {}) };
  const { session } = await house.gateway.open(opening, BUYER);
  let offer = { id: "none", hash: "none" };
  for (const [i, { say, act }] of dialogue.turns.entries()) {
    const filled = JSON.stringify(act ?? null)
      .replaceAll('"$offer"', JSON.stringify(offer.id))
      .replaceAll('"$hash"', JSON.stringify(offer.hash));
    const message = say === undefined ? { act: Act.parse(JSON.parse(filled)) } : { text: say };
    await session.submit({ id: `t${i + 1}`, ...message }, null).catch(() => {});
    offer = session.state.standings.at(-1)?.offer ?? offer;
    house.pass(1_000);
  }
  const log = (await house.store.read(session.id, 0, 300)).map(
    ({ seq, json }): Numbered => ({ seq, event: JSON.parse(json) as Event }),
  );
  return turnsOf(log, vendor).map((turn) => ({ ...turn, dialogue: dialogue.id, session: session.id }));
}

function turnsOf(log: readonly Numbered[], shop: Vendor): Wording[] {
  return log.flatMap(({ event }, i): Wording[] => {
    if (event.kind !== "reply") return [];
    const before = log.slice(0, i);
    const heard = before.findLast((one) => one.event.kind === "message")?.event;
    if (heard?.kind !== "message" || heard.message.text === undefined) return [];
    const state: State = replayed(before);
    const { lang, channel, currency } = state;
    const house = word(event.move, { lang, channel, currency, vendor: shop });
    return [{ text: heard.message.text, move: event.move, house, state, vendor: shop }];
  });
}
