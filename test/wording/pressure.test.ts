import fc from "fast-check";
import { expect, test } from "vitest";
import { type Move, MoveAct, MoveReason, Slot } from "../../src/domain/reply.ts";
import { SCARCE } from "../../src/wording/verify/claim-patterns.ts";
import { word } from "../../src/wording/word.ts";
import { anyOffer } from "./arbitraries.ts";
import { answer, card, en, intent, ko, move, weight } from "./moves.ts";

/** Scarcity, hurry, other buyers and favours, in the words the verifier refuses in a model's. */
const PRESSURE =
  /\b(?:hurry|last (?:one|unit|piece|chance)|today only|only today|limited (?:time|stock|quantit)|selling fast|sells? out|going fast|won't last|act now|don't miss|time is running|other (?:customers|buyers|people)|someone else|another (?:customer|buyer)|in demand|popular|reserved|(?:set|put) aside|just for you|only for you|price (?:will|is going to) (?:rise|go up))\b|서두르|서둘러|마지막 (?:하나|한|기회|수량|재고)|오늘(?:만|까지만)|한정|곧 (?:품절|마감|오르)|품절 임박|다른 (?:분|손님|고객)|인기|놓치|예약|따로 빼|고객님만|지금 아니면|다들/i;

const content: readonly Partial<Move>[] = [
  {},
  { intents: [intent()] },
  { results: [card({ stock: 30 }), card({ sku: "B", stock: 8 })] },
  { answers: [answer([weight])] },
  { answers: [answer([])] },
  { choices: ["Orrin Air 14 Laptop, Black", "Orrin Air 14 Laptop, Silver"] },
];

for (const context of [en, ko]) {
  test(`no template presses anybody: no scarcity, hurry, other buyers or reservations (${context.lang})`, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MoveAct.options),
        fc.constantFrom(null, ...MoveReason.options),
        fc.constantFrom(null, ...Slot.options),
        fc.constantFrom(...content),
        fc.array(anyOffer(context.currency), { maxLength: 3 }),
        fc.constantFrom("chat" as const, "voice" as const),
        (act, reason, ask, parts, offers, channel) => {
          const reply = move({ act, ...parts, offers, ask, reasons: reason ? [reason] : [] });
          // Words that the shop did not choose: titles are left out.
          const titles = new RegExp(
            offers.flatMap((offer) => offer.lines.map((line) => escaped(line.title))).join("|") || "(?!)",
            "g",
          );
          const { text, speech, reprompt } = word(reply, { ...context, channel });
          for (const said of [text, speech, reprompt]) {
            const own = said.replace(titles, "").replaceAll("드릴 수밖에 없", "");
            expect(own).not.toMatch(PRESSURE);
            expect(own.match(SCARCE) ?? []).toEqual([]);
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });

  test(`few left is said when few are, and the number is that of the stock (${context.lang})`, () => {
    const said = (stock: number) => word(move({ act: "results", results: [card({ stock })] }), context).text;
    expect(said(3)).toMatch(/only 3 left|3개 남음/);
    expect(said(30)).not.toMatch(/left|남/);
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
