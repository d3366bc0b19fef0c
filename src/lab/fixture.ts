import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { isMap, isSeq, LineCounter, type Node, parse, parseDocument } from "yaml";
import { z } from "zod";
import { FAULTS, type FaultCode } from "../domain/fault.ts";
import { Currency } from "../domain/money.ts";
import { OrderStatus, ShipTo } from "../domain/order.ts";
import { Channel } from "../domain/party.ts";
import { MoveAct, MoveReason, Slot } from "../domain/reply.ts";
import { Lang } from "../domain/text.ts";

/** An amount in minor units, or a count: exactly, or within bounds. */
export const Figure = z.union([
  z.int(),
  z.strictObject({ gte: z.int().optional(), lte: z.int().optional() }),
]);
export type Figure = z.infer<typeof Figure>;

const pattern = z.string().refine(compiles, "not a regular expression");
const AtMost = z.strictObject({ lte: z.int().min(0) });

/** What words must hold. It holds of the house's words and of a model's alike, unless `house` says otherwise. */
export const Said = z.strictObject({
  contains: z.array(z.string()).optional(),
  /** Regular expressions with the flag `u`; each must match somewhere. */
  matches: z.array(pattern).optional(),
  not: z.array(z.string()).optional(),
});
export type Said = z.infer<typeof Said>;

/** What the first offer of a reply must be. */
export const ExpectedOffer = z.strictObject({
  skus: z.array(z.string()).optional(),
  quantity: z.int().optional(),
  unit_price: Figure.optional(),
  total: Figure.optional(),
  delivery: z.string().optional(),
  warranty: z.string().optional(),
  payment: z.string().optional(),
  returns: z.string().optional(),
  subscription: z.string().nullable().optional(),
  delivery_fee: Figure.optional(),
  discounts: z.array(z.string()).optional(),
  final: z.boolean().optional(),
  /** All-in cheaper than the last offer before it. */
  cheaper: z.boolean().optional(),
});
export type ExpectedOffer = z.infer<typeof ExpectedOffer>;

/** What a reply must show; what is left out may be anything. */
export const Expect = z.strictObject({
  act: z.union([MoveAct, z.array(MoveAct)]).optional(),
  /** Each of these is among the reasons given. */
  reasons: z.array(MoveReason).optional(),
  ask: Slot.nullable().optional(),
  offer: ExpectedOffer.optional(),
  offers: z.int().optional(),
  /** Products shown, exactly and in order. */
  results: z.array(z.string()).optional(),
  /** Each of these is among the products shown. */
  shows: z.array(z.string()).optional(),
  /** Facts that must be cited. */
  cites: z.array(z.string()).optional(),
  /** True: a question got no fact, and says so; false: every question got one. */
  unanswered: z.boolean().optional(),
  intent: z.strictObject({ status: OrderStatus }).optional(),
  intents: z.int().optional(),
  text: Said.optional(),
  /** What is spoken, and how many characters it may have. */
  speech: Said.extend({ longest: z.int().optional() }).optional(),
  lang: Lang.optional(),
  fault: z.enum(Object.keys(FAULTS) as [FaultCode, ...FaultCode[]]).optional(),
  /** True: the words that left were a model's, and verified; false: the house's. */
  verified: z.boolean().optional(),
  /** Questions put to a model in this turn. */
  calls: Figure.optional(),
  cost_micro_usd: AtMost.optional(),
  /** Of the turn; with a tape, what the model took when it was recorded. */
  latency_ms: AtMost.optional(),
});
export type Expect = z.infer<typeof Expect>;

const Turn = z
  .strictObject({
    say: z.string().min(1).optional(),
    act: z.looseObject({ act: z.string() }).optional(),
    expect: Expect.default({}),
    /** Where the house plays without a model these take the place of the same fields of `expect`. */
    house: Expect.optional(),
  })
  .refine((turn) => (turn.say === undefined) !== (turn.act === undefined), "either say or act");

/** How a fixture is played: by the house alone, with a tape, against a model that obeys its attacker, or for real. */
export const Mode = z.enum(["house", "tape", "hostile", "live"]);
export type Mode = z.infer<typeof Mode>;

/** One conversation as data. What stands for an offer's id and hash in an act: placeholders.ts. */
export const Fixture = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "small letters, digits, dots and hyphens"),
  about: z.string().min(1),
  /** A folder of fixtures/vendors/. */
  vendor: z.string().default("demo"),
  /** Who speaks: a file of fixtures/buyers/, without its ending. */
  buyer: z.string().optional(),
  lang: Lang,
  currency: Currency,
  channel: Channel.default("chat"),
  kind: z.enum(["machine", "person"]).default("person"),
  ship_to: ShipTo.optional(),
  /** When it is left out: `tape` where there is one, else `house`. */
  model: Mode.optional(),
  /** The clock of the first turn. */
  at: z.iso.datetime().default("2026-11-16T02:00:00.000Z"),
  turns: z.array(Turn).min(1).max(200),
});
export type Fixture = z.infer<typeof Fixture>;
export type FixtureTurn = Fixture["turns"][number];

/** A fixture and where it lies, relative to the folder above `fixtures/`. */
export interface FixtureFile {
  readonly fixture: Fixture;
  readonly file: string;
}

/** `problems` are lines as `fixtures/dialogues/a.yaml:12: turns.0.expect.act: ...`; a file with one is left out. */
export interface Loaded {
  readonly fixtures: readonly FixtureFile[];
  readonly problems: readonly string[];
}

/** A file of fixtures/dialogues before it is parsed. */
export interface FixtureText {
  /** Relative to the folder above `fixtures/`. */
  readonly file: string;
  /** As the file's line `id:` has it, if it has one. */
  readonly id: string;
  readonly text: string;
}

/** Every fixture under `root`/fixtures/dialogues, by file name. */
export function loadFixtures(root: string): Loaded {
  return readFixtures(fixtureTexts(root));
}

export function fixtureTexts(root: string): readonly FixtureText[] {
  return fixturePaths(root).map((path) => {
    const text = readFileSync(path, "utf8");
    const id = /^id: *["']?([\w.-]+)/m.exec(text)?.[1] ?? "";
    return { file: relative(root, path), id, text };
  });
}

/** The fixtures of the chosen files. Of the others only the ids are looked at, as no two may be the same. */
export function readFixtures(texts: readonly FixtureText[], chosen = texts): Loaded {
  const fixtures: FixtureFile[] = [];
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const wanted = new Set(chosen);
  for (const one of texts) {
    const { file, text } = one;
    const read = wanted.has(one) ? readFixture(text, file) : null;
    problems.push(...(read?.problems ?? []));
    if (read?.fixture === null) continue;
    const id = read?.fixture.id ?? one.id;
    const before = seen.get(id);
    seen.set(id, before ?? file);
    if (!read) continue;
    if (before !== undefined) problems.push(`${file}:1: the id ${id} is also that of ${before}`);
    else fixtures.push({ fixture: read.fixture, file });
  }
  return { fixtures, problems };
}

/** The files of `loadFixtures`, absolute, sorted. */
export function fixturePaths(root: string): string[] {
  return readdirSync(join(root, FOLDER), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && /\.ya?ml$/.test(item.name))
    .map((item) => join(item.parentPath, item.name))
    .sort();
}

export const FOLDER = "fixtures/dialogues";

/** One file's text. */
export function readFixture(
  text: string,
  file: string,
): { fixture: Fixture | null; problems: readonly string[] } {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    return { fixture: null, problems: syntaxProblems(text, file) };
  }
  const parsed = Fixture.safeParse(value);
  if (parsed.success) return { fixture: parsed.data, problems: [] };
  const lineAt = lines(text);
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String).join(".");
    return `${file}:${lineAt(issue.path)}: ${path ? `${path}: ` : ""}${issue.message}`;
  });
  return { fixture: null, problems };
}

function syntaxProblems(text: string, file: string): string[] {
  const counter = new LineCounter();
  return parseDocument(text, { lineCounter: counter }).errors.map(
    ({ pos, message }) => `${file}:${counter.linePos(pos[0]).line}: ${message.split(" at line")[0]}`,
  );
}

/** The line a value stands on, or the nearest thing around it that is there. */
function lines(text: string): (path: readonly PropertyKey[]) => number {
  const counter = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: counter });
  return (path) => {
    let node: Node | null = contents;
    let offset = contents?.range?.[0] ?? 0;
    for (const key of path) {
      if (isMap(node)) {
        const pair = node.items.find((one) => String(one.key) === String(key));
        if (pair === undefined) break;
        offset = (pair.key as Node).range?.[0] ?? offset;
        node = pair.value as Node | null;
      } else if (isSeq(node)) {
        node = (node.items[Number(key)] as Node | undefined) ?? null;
        offset = node?.range?.[0] ?? offset;
      } else break;
    }
    return counter.linePos(offset).line;
  };
}

/** Whether a pattern can be one of `matches`. */
export function compiles(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}
