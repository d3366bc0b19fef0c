import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { figuresIn, type Listing, listingOf } from "./understand-figures.ts";
import { type Dialogue, haggled, type Role, type Turn } from "./understand-haggle.ts";

const Row = z.looseObject({
  id: z.string(),
  title: z.string(),
  description: z.array(z.string()),
  list_price: z.number(),
  outcome: z.looseObject({
    reward: z.number(),
    offer: z.looseObject({ price: z.number().nullish() }).nullish(),
  }),
  events: z.array(
    z.looseObject({ role: z.enum(["buyer", "seller"]), action: z.string(), data: z.unknown() }),
  ),
});

/** Whole dollars. */
interface Seen extends Turn {
  readonly id: string;
  readonly figures: readonly number[];
  readonly read: number | null;
  readonly closed: number | null;
  readonly list: number;
}

/**
 * Price proposals and final agreements read off people haggling with each other. Nobody wrote down what their messages
 * propose, so truth is made of what shares no code with the reader, and has its holes:
 *
 * - `precision`, `recall`: against numbers that look like a price (understand-figures.ts), which tell what is named but
 *   not what for: "I paid 400" counts as a proposal of 400. Recall is over messages with one such number. What is spelled,
 *   worked out ("20 off") or a lowball under a third of the list price is none of them, and counts against precision; the
 *   list price read is judged by nothing, since to name it may be to quote or to propose it.
 * - `closing`: of messages whose one such number is the price both then signed, those read as naming it, or as a yes to
 *   it. These are proposals nearly for sure.
 * - `agreed`: deals whose signed price is what the reader, following turn by turn, heard agreed on or named last. Many
 *   sign a price that nobody said; `said` counts the deals where somebody did.
 */
export function craigslist(show: boolean): object {
  const folder = join(resolve(process.env.PARLEY_DATA ?? "../shared/data"), "craigslist-bargain");
  const file = join(folder, "dialogues_dev.jsonl");
  if (!existsSync(file)) return { skipped: `${file} is not there; set PARLEY_DATA` };
  const dialogues = readFileSync(file, "utf8").trim().split("\n").map(dialogueOf);
  const heard = dialogues.map((dialogue) => {
    const { turns, agreed } = haggled(dialogue);
    const listing = listingOf(dialogue.list, dialogue.words);
    return { dialogue, agreed, turns: turns.map((turn) => seenIn(turn, dialogue, listing)) };
  });
  const turns = heard.flatMap((one) => one.turns);
  if (show) showWorst(turns);
  const deals = heard.filter(({ dialogue }) => dialogue.closed !== null);
  const said = deals.filter((deal) =>
    deal.turns.some(({ figures }) => figures.includes(deal.dialogue.closed ?? 0)),
  );
  const met = ({ agreed, dialogue }: (typeof heard)[number]) => agreed === (dialogue.closed ?? 0) * 100;
  return {
    ...figuresOf(turns),
    buyer: figuresOf(turns.filter(by("buyer"))),
    seller: figuresOf(turns.filter(by("seller"))),
    agreed: share(deals, met),
    said: share(said, met),
  };
}

function dialogueOf(line: string): Dialogue {
  const { id, title, description, list_price, outcome, events } = Row.parse(JSON.parse(line));
  const messages = events.flatMap(({ role, action, data }) =>
    action === "message" && typeof data === "string" ? [{ role, text: data }] : [],
  );
  return {
    ...{ id, title, list: list_price, messages },
    words: [title, ...description].join(" "),
    closed: outcome.reward === 1 ? (outcome.offer?.price ?? null) : null,
  };
}

function seenIn(turn: Turn, { id, closed, list }: Dialogue, listing: Listing): Seen {
  const figures = figuresIn(turn.text, listing);
  return { ...turn, id, closed, list, figures, read: turn.price === null ? null : turn.price / 100 };
}

function by(role: Role) {
  return (turn: Seen) => turn.role === role;
}

/** A yes says the price once more only where the words name one. */
function names({ read, yes, figures, list }: Seen): boolean {
  return read !== null && read !== list && (!yes || figures.length > 0);
}

const right = ({ read, figures }: Seen) => read !== null && figures.includes(read);
const alone = ({ figures }: Seen) => figures.length === 1;
const closing = (turn: Seen) => alone(turn) && turn.figures[0] === turn.closed;

function figuresOf(turns: readonly Seen[]): object {
  return {
    precision: share(turns.filter(names), right),
    recall: share(turns.filter(alone), right),
    closing: share(turns.filter(closing), right),
  };
}

function share<T>(all: readonly T[], of: (one: T) => boolean): { share: number; n: number } {
  return { share: Math.round((all.filter(of).length / all.length) * 1_000) / 1_000, n: all.length };
}

/** Prices read where none is named, the furthest off first; then those that close a deal and were not heard. */
function showWorst(turns: readonly Seen[]): void {
  const off = ({ read, figures, list }: Seen) =>
    Math.abs(Math.log(Math.max(read ?? 0, 0.01) / (figures[0] ?? list)));
  const wrong = turns.filter((turn) => names(turn) && !right(turn)).sort((a, b) => off(b) - off(a));
  const missed = turns.filter((turn) => closing(turn) && !right(turn));
  const rest = turns.filter((turn) => alone(turn) && !right(turn) && !missed.includes(turn) && !names(turn));
  for (const [name, some] of Object.entries({ wrong, missed, rest }))
    for (const { id, role, text, table, read, figures, reading } of some)
      process.stdout.write(
        `${name} ${id} ${role}: ${text}\n  table ${table === null ? "-" : table / 100}, named ${figures.join()}, read ${read}: ${JSON.stringify(reading)}\n`,
      );
}
