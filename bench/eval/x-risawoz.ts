import { AGREEMENT, actsOf, agreement, newTalk, type Twice } from "../understand-agreement.ts";
import { demoStage, misread } from "./reading.ts";
import type { Evaluated, Wrong } from "./sheet.ts";

/** Turns that are read otherwise in Korean than in English. Of each pair the link is to whoever read the Korean. */
export async function evaluate(): Promise<Evaluated> {
  const stage = await demoStage();
  const { twice, figures } = agreement(stage);
  const state = newTalk(stage, "ko");
  const wrong = twice.filter((one) => !one.sameActs || one.sameSlots === false);
  const pairs = Object.entries(
    Object.groupBy(
      wrong.filter((one) => !one.sameActs),
      pairOf,
    ),
  )
    .map(([pair, of]) => [pair, of?.length ?? 0] as const)
    .sort((a, b) => b[1] - a[1]);
  const { ko_en_agreement } = figures;
  return {
    table: [["English | Korean", "turns"], ...pairs, ["the same acts", twice.length - sum(pairs)]],
    wrong: wrong
      .sort((a, b) => Number(a.sameActs) - Number(b.sameActs) || b.ko.confidence - a.ko.confidence)
      .map((one): Wrong => {
        const { turn, en, ko } = one;
        const english = `${JSON.stringify(turn.en)} ${en.acts.map((act) => JSON.stringify(act)).join(" ") || `asks about ${en.unsure}`}`;
        return misread(turn.ko, state, ko, actsOf(en) || "to be asked about", [["English", english]]);
      }),
    figures,
    failures:
      ko_en_agreement < AGREEMENT ? [`ko_en_agreement ${ko_en_agreement}, less than ${AGREEMENT}`] : [],
  };
}

function pairOf({ en, ko }: Twice): string {
  return `${actsOf(en) || "asks back"} | ${actsOf(ko) || "asks back"}`;
}

function sum(pairs: readonly (readonly [string, number])[]): number {
  return pairs.reduce((all, [, many]) => all + many, 0);
}
