import { resolve } from "node:path";
import { expect } from "vitest";
import { Act } from "../src/domain/act.ts";
import type { Offer } from "../src/domain/offer.ts";
import { unmet } from "../src/lab/expect.ts";
import { type Fixture, loadFixtures } from "../src/lab/fixture.ts";
import { Peer } from "./harness.ts";

export type Dialogue = Fixture;

/** Every fixture of fixtures/dialogues. A file that cannot be read is a failure of its own. */
export function loadDialogues(): Dialogue[] {
  const { fixtures, problems } = loadFixtures(resolve(import.meta.dirname, ".."));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return fixtures.map(({ fixture }) => fixture);
}

/** Plays a dialogue over a real socket, to a house without a model; every expectation is checked in its turn. */
export async function play(dialogue: Dialogue, ws: string): Promise<{ turns: number; session: string }> {
  const { lang, currency, channel, kind, ship_to } = dialogue;
  const peer = await Peer.open(ws, { lang, currency, channel, kind, ...(ship_to ? { ship_to } : {}) });
  const { session } = await peer.next("welcome");
  let last: Offer | null = null;
  try {
    for (const [i, { say, act, expect: wanted, house }] of dialogue.turns.entries()) {
      const where = `${dialogue.id}, turn ${i + 1} (${say ?? JSON.stringify(act)})`;
      const message = say === undefined ? { act: filled(act, last) } : { text: say };
      const { reply, fault } = await peer.say({ id: `t${i + 1}`, ...message });
      const played = {
        n: i + 1,
        message: say === undefined ? { act: act ?? {} } : { say },
        reading: null,
        move: reply?.move ?? null,
        words: reply?.words ?? null,
        fault: fault && { code: fault.code, message: fault.message },
        by: "house",
        ...{ calls: [], tokens: { in: 0, out: 0 }, micro_usd: 0, ms: 0 },
      } as const;
      const { verified: _, calls: __, cost_micro_usd: ___, ...alone } = wanted;
      const said = `${where}\n  said: ${reply?.words?.text}\n  act: ${reply?.move.act} ${reply?.move.reasons}`;
      expect(unmet(played, { ...alone, ...house }, last), said).toEqual([]);
      last = reply?.move.offers.at(-1) ?? last;
    }
    // What is still held for them would be missing in the shop of the next one.
    await peer.say({ id: "gone", act: { act: "leave" } });
  } finally {
    peer.close();
  }
  return { turns: dialogue.turns.length, session };
}

function filled(act: object | undefined, offer: Offer | null): Act {
  const text = JSON.stringify(act)
    .replaceAll('"$offer"', JSON.stringify(offer?.id ?? "none"))
    .replaceAll('"$hash"', JSON.stringify(offer?.hash ?? "none"));
  return Act.parse(JSON.parse(text));
}
