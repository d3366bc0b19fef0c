import type { Fault } from "../../../domain/fault.ts";
import { digest } from "../../../domain/hash.ts";
import { slug } from "../columns.ts";
import { isObject } from "../formats/jsonl.ts";
import { languageOf, readLang } from "../language.ts";
import { line, plain } from "../plain.ts";
import { bad, type Draft, each, shown } from "../source.ts";
import { given, readDate, readRating } from "./fields.ts";
import { all, type Node, text } from "./json_ld.ts";

/** The reviews of a product; one without words is left out, as its stars are in the aggregate. */
export function reviewsOf(member: unknown, sku: string): Iterable<Draft | Fault> {
  return each(all(member).filter(isObject), function* (review) {
    const words = plain(text(review.reviewBody) ?? text(review.description) ?? "", 20_000);
    if (words === "") return;
    const rating = all(review.reviewRating).find(isObject);
    const title = text(review.name);
    const author = text(review.author);
    yield given({
      kind: "review",
      id: `review/${sku}/${digest(words).slice(0, 12)}`,
      sku,
      rating: readRating(
        text(rating?.ratingValue),
        "reviewRating.ratingValue",
        Number(text(rating?.bestRating) ?? 5),
      ),
      title: title === undefined ? undefined : line(title, 400),
      text: words,
      author: author === undefined ? undefined : line(author, 120),
      date: readDate(text(review.datePublished)),
      lang: readLang(review.inLanguage) ?? languageOf(words),
    });
  });
}

/** The questions of a FAQPage. */
export function faqsOf(page: Node): Iterable<Draft | Fault> {
  return each(all(page.mainEntity).filter(isObject), function* (question) {
    const answer = all(question.acceptedAnswer ?? question.suggestedAnswer).find(isObject);
    const title = line(text(question.name) ?? "", 400);
    const words = plain(text(answer?.text) ?? "", 20_000);
    if (title === "" || words === "")
      throw bad(`the question ${shown(title)} of a FAQPage has no acceptedAnswer.text`);
    const lang = readLang(page.inLanguage) ?? languageOf(title + words);
    yield {
      kind: "faq",
      id: `faq/${lang}#${slug(title)}`.slice(0, 200),
      topic: "faq",
      title,
      text: words,
      lang,
    };
  });
}
