import { GOODS_WORDS } from "./act-model.ts";

/** Whether goods are looked for by these words: the last of them says what they are. */
export function sought(query: string): boolean {
  const [last = ""] = query.split(" ").slice(-1);
  return GOODS_WORDS.has(last) && !PAPERS.has(last);
}

/** What comes with an order, and is none of its goods. */
const PAPERS: ReadonlySet<string> = new Set(
  "number numbers details invoice confirmation receipt link bill email address".split(" "),
);
