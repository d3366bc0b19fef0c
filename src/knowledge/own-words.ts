import type { Lang } from "../domain/text.ts";
import { phraseOf } from "./attributes.ts";
import { gist } from "./match.ts";

/**
 * A model's question in nobody's words but the counterpart's, the vendor's titles' and those of the table of
 * attributes: a question is said again when it has no answer, so whatever it holds may be read as the vendor's.
 * Empty when nothing of it is left.
 */
export function ownWords(question: string, said: readonly string[], lang: Lang): string {
  const known = gist(said.join("\n"));
  const asked = gist(question);
  const topics = asked.content
    .filter((term) => term.startsWith("@") && !known.terms.has(term))
    .map((term) => phraseOf(term.slice(1), lang));
  const words = question.split(/\s+/).filter((word) => {
    const { content, terms } = gist(word);
    const own = content.length > 0 ? content : [...terms];
    return own.length > 0 && own.every((term) => known.terms.has(term) || inside(term, known.squeezed));
  });
  const telling = words.some((word) => gist(word).content.length > 0);
  if (topics.length === 0 && !telling) return "";
  return [...(telling ? [words.join(" ")] : []), ...new Set(topics)].join(" ").slice(0, 400);
}

function inside(term: string, squeezed: string): boolean {
  return /^\p{Script=Hangul}{2,}/u.test(term) && squeezed.includes(term);
}
