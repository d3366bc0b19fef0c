import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { familyName } from "../../src/arena/family.ts";
import { outcomesOf } from "../../src/arena/scenario.ts";
import { domainsIn } from "../../src/arena/scenario-files.ts";
import { halves, tuningFamilies, USUAL } from "../../src/arena/split.ts";
import { spaceOf } from "../../src/arena/view.ts";
import { digest } from "../../src/domain/hash.ts";
import { dataSet } from "../transport/data-set.ts";
import { scenario } from "./table.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with these rows in one file and a second file of another data set's kind. */
function folderOf(...rows: object[]): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-arena-"));
  folders.push(folder);
  writeFileSync(join(folder, "some.jsonl"), `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`);
  writeFileSync(join(folder, "index.json"), "[]");
  return folder;
}

type Evals = readonly (readonly number[])[];

function row(id: string, mine: Evals, theirs: Evals, reservation = 0.5): object {
  const profile = (file: string, evals: Evals) => ({
    ...{ file: `${file}.xml`, reservation, discount: 0.5 },
    issues: evals.map((each, i) => ({ name: `issue ${i}`, weight: 1 / evals.length, evals: each })),
  });
  const issues = mine.map((each, i) => ({ name: `issue ${i}`, values: each.map((_, i) => `value ${i}`) }));
  return { id, source: "invented", year: 2099, issues, profiles: [profile("m", mine), profile("t", theirs)] };
}

const A: Evals = [
  [1, 0.5],
  [0, 0.4, 1],
];
const B: Evals = [
  [0.3, 1],
  [1, 0.9, 0],
];

describe("utilities", () => {
  test("are whole parts per million of the best outcome, the first issue varying slowest", () => {
    const { views } = spaceOf(
      scenario(
        [
          [3, 1],
          [0, 1, 2],
        ],
        [
          [1, 1],
          [1, 1, 1],
        ],
      ),
    );
    expect([...views[0].utility]).toEqual([600_000, 800_000, 1_000_000, 200_000, 400_000, 600_000]);
    expect([...views[0].ranked()]).toEqual([2, 1, 0, 5, 4, 3]);
    expect([...views[0].values(4)]).toEqual([1, 1]);
  });

  test("outcomes and their values are two names of one thing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (sizes, n) => {
          const worths = sizes.map((size) => Array.from({ length: size }, () => 1));
          const { outcomes, views } = spaceOf(scenario(worths, worths));
          const [view] = views;
          expect(view.outcomeOf(view.values(n % outcomes))).toBe(n % outcomes);
          expect(view.utility.length).toBe(outcomes);
        },
      ),
    );
  });

  test.each([
    ["no issues", [], [], "has no issues"],
    ["nothing worth having", [[0, -1]], [[1, 1]], 'to side "mine" no outcome is worth more than 0'],
    ["a value nobody evaluated", [[1, 2]], [[1]], "evaluates 1 values"],
    ["a worth that is no number", [[1, Number.NaN]], [[1, 1]], "is no number"],
  ])("a scenario with %s is refused", (_, mine, theirs, why) => {
    const refusal = { code: "bad_source", message: expect.stringContaining(why) };
    expect(() => scenario(mine, theirs)).toThrow(expect.objectContaining(refusal));
  });
});

describe("families", () => {
  test.each([
    ["y2012/AcquisitionA", "IS_BT_Acquisition"],
    ["y2013/Acquisition", "IS_BT_Acquisition"],
    ["y2011/IS_BT_Acquisition", "IS_BT_Acquisition"],
    ["y2012/EnglandvsZimbabweC", "EnglandZimbabwe"],
    ["y2013/Fifty2013", "FiftyFifty"],
    ["y2012/FiftyFiftyB", "FiftyFifty"],
    ["y2013/cameradomain", "Camera"],
    ["y2012/EnergySmallB", "Energy"],
    ["2015/BankRobbery", "BankRobbery"],
  ])("%s is of the family %s", (id, family) => {
    expect(familyName(id)).toBe(family);
  });

  test("the same numbers under another name, the sides swapped or a little changed, are the same domain", () => {
    const shifted = A.map((values) => values.map((value) => value * 0.99 + 0.005));
    const domains = domainsIn(
      folderOf(
        row("2012/LampA", A, B),
        row("2012/LampB", A, B),
        row("2013/Torch", B, A),
        row("2014/Bulb", shifted, B),
      ),
      0.25,
    );
    expect(domains.scenarios.map(({ id, family }) => [id, family])).toEqual([["2012/LampA", "Lamp"]]);
  });

  test("other utilities over the same issues are another domain", () => {
    const domains = domainsIn(folderOf(row("2012/Lamp", A, B), row("2013/Chair", B, B)), 0.25);
    expect(domains.scenarios.map(({ family }) => family)).toEqual(["Chair", "Lamp"]);
  });

  test("one value worth more or less to one side makes another domain", () => {
    const raised: Evals = [
      [1, 0.5],
      [0, 0.8, 1],
    ];
    const families = (...mine: Evals[]) =>
      domainsIn(folderOf(...mine.map((evals, i) => row(`2012/Lamp${i}`, evals, B))), 0.25).scenarios.length;
    expect([families(A, raised), families(raised, A), families(A, A)]).toEqual([2, 2, 1]);
  });

  test("a domain on the tuning list stays tuned on under any other name", () => {
    const folder = folderOf(row("2001/Earlier", A, B), row("2012/Lamp", A, B), row("2013/Chair", B, B));
    const { tuning, untouched } = halves(domainsIn(folder, 0.25, ["Lamp"]).scenarios, ["Lamp"]);
    expect(tuning.beside.map(({ family }) => family)).toEqual(["Lamp"]);
    expect(untouched.beside.map(({ family }) => family)).toEqual(["Chair"]);
  });
});

test("the reservation is the one asked for or the published one, and no discount is kept", () => {
  const folder = folderOf(row("2012/Lamp", A, B, 0.4));
  const of = (reservation: "published" | number) =>
    domainsIn(folder, reservation).scenarios[0]?.sides.map((side) => side.reservation);
  expect(of(0.25)).toEqual([250_000, 250_000]);
  expect(of("published")).toEqual([400_000, 400_000]);
});

describe("rows that cannot be played", () => {
  const good = row("2012/Lamp", A, B);
  const other = row("2012/Lamp", B, A) as { profiles: object[]; issues: object[] };

  test.each([
    ["is cut off", JSON.stringify(good).slice(0, 99), "not JSON"],
    [
      "has one side",
      JSON.stringify({ ...other, profiles: other.profiles.slice(1) }),
      "not a domain: profiles",
    ],
    [
      "values an issue in another place",
      JSON.stringify({ ...other, issues: [...other.issues].reverse() }),
      "2012/Lamp: m",
    ],
    [
      "leaves nothing to gain",
      JSON.stringify(row("2012/Lamp", [[0, 0]], [[0, 1]])),
      "no outcome is worth more than 0",
    ],
  ])("a row that %s is left out by file, line and reason, and the others are played", (_, text, why) => {
    const folder = folderOf(good);
    writeFileSync(join(folder, "more.jsonl"), `\n${text}\n${JSON.stringify(row("2013/Chair", B, B))}`);
    const { scenarios, left_out, rows } = domainsIn(folder, 0.25);
    expect(scenarios.map(({ family }) => family)).toEqual(["Chair", "Lamp"]);
    expect(left_out).toEqual([{ id: "more.jsonl, line 2", why: expect.stringContaining(why) }]);
    expect(rows).toBe(3);
  });

  test("a file of another kind is passed over in a folder, and refused by itself", () => {
    const folder = folderOf(good);
    writeFileSync(join(folder, "talk.jsonl"), '{"say":"hello"}\n');
    expect(domainsIn(folder, 0.25)).toMatchObject({ files: ["some.jsonl"], left_out: [], rows: 1 });
    const refusal = {
      code: "bad_source",
      message: expect.stringMatching(/talk.jsonl holds no domain; its first row: not a domain: id/),
    };
    expect(() => domainsIn(join(folder, "talk.jsonl"), 0.25)).toThrow(expect.objectContaining(refusal));
  });
});

const data = dataSet("negotiation-scenarios/scenarios_2010_2013.jsonl");
test.skipIf(data.skipped)("the tuning half was chosen by the digests of names alone", () => {
  const tuning = tuningFamilies("fixtures/arena/tuning-domains.json");
  const { scenarios } = domainsIn(dirname(data.path), 0.25);
  const chosen = [true, false].flatMap((usual) => {
    const within = (n: number) => n >= USUAL.least && n <= USUAL.most;
    const families = scenarios
      .filter((each) => within(outcomesOf(each)) === usual)
      .map(({ family }) => family);
    const hex = (family: string) => Buffer.from(digest(family), "base64url").toString("hex");
    return families.sort((a, b) => (hex(a) < hex(b) ? -1 : 1)).slice(0, families.length / 2);
  });
  expect([...tuning].sort()).toEqual(chosen.sort());
  expect(halves(scenarios, tuning).tuning.usual).toHaveLength(11);
  expect(halves(scenarios, tuning).untouched.usual).toHaveLength(11);
});
