/** "Lightest laptop": what is looked for, and the word for what the first of it has most or least of. */
export interface Superlative {
  readonly rest: string;
  readonly word: string;
}

/** Null where the words name goods and no more, or nothing beside the superlative. */
export function superlativeIn(query: string): Superlative | null {
  const found = MOST.exec(query);
  if (!found) return null;
  const rest = query.replace(found[0], " ").replace(/\s+/g, " ").trim();
  const word = found[0].trim();
  return rest === "" ? null : { rest, word: /\p{Script=Hangul}/u.test(word) ? `제일 ${word}` : word };
}

const MOST =
  /\b(?:lightest|heaviest|quietest|loudest|brightest|tallest|widest|largest|biggest|smallest)\b|(?<![가-힣])(?:가벼운|무거운|조용한|밝은|큰|작은|넓은)(?=\s|$)/;
