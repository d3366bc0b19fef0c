import type { Act, ActOf, Item } from "./act.ts";
import type { Slot } from "./reply.ts";

type Asked = ActOf<"propose"> | ActOf<"ask">;

/** What was asked last, the choices given with it, and the acts it was about. */
interface Open {
  readonly ask: Slot | null;
  readonly choices: readonly string[];
  readonly said: readonly Act[];
}

/**
 * "The large one" after "which one do you mean?" answers for all that was wanted of it: the count, the price and the
 * terms named before, or the question put about it. What the answer says anew stands instead.
 */
export function completed(acts: readonly Act[], state: Open): readonly Act[] {
  const before = state.said.find((act): act is Asked => act.act === "propose" || act.act === "ask");
  if (!before || !(state.ask === "choice" || state.ask === "item" || state.ask === "quantity")) return acts;
  return acts.map((act) => {
    const answer = act.act === "search" ? chosenBy(act, state) : act;
    if (answer?.act !== "propose") return act;
    return (before.act === "ask" ? about(before, answer) : withRest(before, answer, state)) ?? answer;
  });
}

/** A search for words of one of the choices, or for the size that one of them has, is the choice. */
function chosenBy({ query, filters }: ActOf<"search">, state: Open): ActOf<"propose"> | null {
  const measures = (filters?.specs ?? []).map(({ value }) => new RegExp(`(?<![\\d.])${value}(?![\\d.])`));
  const measured = state.choices.filter((choice) => measures.every((measure) => measure.test(choice)));
  const [only, ...others] = measures.length > 0 ? measured : [];
  if (state.ask === "choice" && only !== undefined && others.length === 0)
    return { act: "propose", lines: [{ item: { query: only } }] };
  const words = wordsOf(query);
  const fits = state.choices.some((choice) => words.every((word) => choice.toLowerCase().includes(word)));
  const named = state.ask === "choice" && query !== "" && filters === undefined && fits;
  return named ? { act: "propose", lines: [{ item: { query } }] } : null;
}

/** The question, of the thing that was chosen; not when the answer goes on to order it. */
function about(before: ActOf<"ask">, { lines, ...rest }: ActOf<"propose">): ActOf<"ask"> | null {
  const [line, ...more] = lines ?? [];
  const only = line && more.length === 0 && Object.keys(line).length === 1 && Object.keys(rest).length === 1;
  return only ? { ...before, item: line.item } : null;
}

function withRest(before: ActOf<"propose">, answer: ActOf<"propose">, state: Open): ActOf<"propose"> | null {
  const [line, ...more] = answer.lines ?? [];
  const asked = before.lines ?? [];
  // A price or terms instead of the choice: it is still to be made, and they are wanted of it.
  if (!line && state.ask === "choice") return { ...before, ...answer, lines: asked };
  if (!line || more.length > 0) return null;
  if (asked.length === 0) return { ...before, ...answer };
  const at = asked.length === 1 ? 0 : asked.findIndex(({ item }) => shares(item, line.item, state));
  const wanted = asked[at];
  if (!wanted) return null;
  const same = points(line.item) && (state.ask !== "choice" || names(answer));
  const item = same ? wanted.item : chosenOf(wanted.item, line.item, state);
  if (points(item)) return null;
  return { ...before, ...answer, lines: asked.with(at, { ...wanted, ...line, item }) };
}

/** "The black one" of several that fit is what was asked for, in black. */
function chosenOf(asked: Item, answer: Item, state: Open): Item {
  const options = state.ask === "choice" && "ref" in answer && answer.ref === "that" && answer.options;
  return options && "query" in asked ? { ...asked, options: { ...asked.options, ...options } } : answer;
}

/** Something besides the goods is wanted: a count, a price, a term. */
function names({ act: _, lines = [], ...rest }: ActOf<"propose">): boolean {
  return Object.keys(rest).length > 0 || lines.some((line) => Object.keys(line).length > 1);
}

function points(item: Item): boolean {
  return "ref" in item && (item.ref === "that" || item.ref === "offer") && !item.options;
}

/** Which of several lines was asked about: the one whose words the choice has. */
function shares(asked: Item, answer: Item, state: Open): boolean {
  if (!("query" in asked)) return false;
  const place = "ref" in answer ? ["first", "second", "third"].indexOf(answer.ref) : -1;
  const title = "query" in answer ? answer.query : (state.choices[place] ?? state.choices.at(-1) ?? "");
  return wordsOf(asked.query).some((word) => word.length > 1 && title.toLowerCase().includes(word));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
