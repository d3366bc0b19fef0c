import { SURE } from "../../src/domain/act.ts";
import { actsOf } from "../understand-agreement.ts";
import { attacks, boundBy, liveTable } from "../understand-binding.ts";
import { demoStage, misread, reading } from "./reading.ts";
import type { Evaluated } from "./sheet.ts";

/** Hostile and broken texts with an offer on the table, and where one was read back. None is a yes. */
export async function evaluate(): Promise<Evaluated> {
  const stage = await demoStage();
  const texts = attacks();
  const bound = boundBy(texts, stage);
  const sets = Map.groupBy(texts, ({ set }) => set);
  const rows = [...sets].map(([set, of]) => {
    const readings = of.map(({ text, lang }) => reading(text, liveTable(stage, lang, "offer")));
    return {
      set,
      n: of.length,
      asked: readings.filter((got) => actsOf(got) === "").length,
      proposed: readings.filter((got) => actsOf(got).includes("propose")).length,
      bound: bound.filter((one) => one.set === set).length,
    };
  });
  return {
    table: [
      ["set", "texts", "asked back", "heard as a proposal", `heard as a yes (${SURE.act} or surer)`],
      ...rows.map(({ set, n, asked, proposed, bound: yes }) => [set, n, asked, proposed, yes]),
    ],
    wrong: bound.map(({ text, lang, table, set }) => {
      const state = liveTable(stage, lang, table);
      return misread(text, state, reading(text, state), "anything but a yes", [
        ["wrong", `${set}, ${table}`],
      ]);
    }),
    figures: {
      texts: texts.length,
      wrongly_binding: bound.length,
      would_bind: bound.filter(({ binds }) => binds).length,
    },
    failures: bound.length > 0 ? [`${bound.length} heard as a yes`] : [],
  };
}
