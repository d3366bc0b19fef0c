import { digest } from "../../../domain/hash.ts";
import { Columns } from "../columns.ts";
import { languageOf, readLang } from "../language.ts";
import { line, plain } from "../plain.ts";
import { bad, type Draft, type Row, type Shape } from "../source.ts";
import { given, readDate, readRating, readSku } from "./fields.ts";

const SKU = "sku product_id item_id product asin 상품코드 상품번호".split(" ");
const REVIEW = "text review review_text body comment content 리뷰 후기 내용".split(" ");
const RATING = "rating stars score 평점 별점".split(" ");
const QUESTION = "question 질문".split(" ");
const ANSWER = "answer text response 답변".split(" ");
const AUTHOR = "author reviewer reviewer_name user name 작성자".split(" ");

/** What customers said of a product: a row a review. */
export const reviews: Shape = {
  name: "reviews",
  needs: "sku (or 상품코드), text (or review, 후기); also rating, title, author, date",
  fits: (columns) =>
    has(columns, SKU) && has(columns, REVIEW) && !has(columns, QUESTION) && !columns.has("price"),
  *drafts({ value }: Row): Iterable<Draft> {
    const row = new Columns(value);
    const sku = readSku(row, ...SKU);
    const text = plain(row.text(...REVIEW) ?? "", 20_000);
    if (text === "") throw bad(`${row.heading(...REVIEW)} is empty; a review needs words`);
    const title = row.text("title", "summary", "제목");
    const author = row.text(...AUTHOR);
    yield given({
      kind: "review",
      id: idOf("review", row, sku, text),
      sku,
      rating: readRating(row.take(...RATING), row.heading(...RATING)),
      title: title === undefined ? undefined : line(title, 400),
      text,
      author: author === undefined ? undefined : line(author, 120),
      date: readDate(row.take("date", "created_at", "작성일", "날짜")),
      lang: readLang(row.take("lang", "language")) ?? languageOf(text),
    });
  },
};

/** Questions about a product and what was answered: a row an answer. */
export const answers: Shape = {
  name: "community answers",
  needs: "sku (or 상품코드), question (or 질문), answer (or 답변); also by (vendor or customer), date",
  fits: (columns) => has(columns, SKU) && has(columns, QUESTION) && has(columns, ANSWER),
  *drafts({ value }: Row): Iterable<Draft> {
    const row = new Columns(value);
    const sku = readSku(row, ...SKU);
    const question = line(row.text(...QUESTION) ?? "", 4_000);
    const text = plain(row.text(...ANSWER) ?? "", 20_000);
    if (question === "") throw bad("question is empty; leave the row out or write the question");
    if (text === "") throw bad("answer is empty; leave the row out until it is answered");
    yield given({
      kind: "answer",
      id: idOf("answer", row, sku, `${question}\n${text}`),
      sku,
      question,
      text,
      by: isVendor(row.text("by", "answered_by", "author_type", "작성자")) ? "vendor" : "customer",
      date: readDate(row.take("date", "created_at", "작성일", "날짜")),
      lang: readLang(row.take("lang", "language")) ?? languageOf(text),
    });
  },
};

function has(columns: ReadonlySet<string>, names: readonly string[]): boolean {
  return names.some((name) => columns.has(name));
}

/** The source's own id, else one that follows from the words, so that loading them again changes nothing. */
function idOf(kind: "review" | "answer", row: Columns, sku: string, words: string): string {
  const own = row.text("id", `${kind}_id`);
  if (own === undefined) return `${kind}/${sku}/${digest(words).slice(0, 12)}`;
  return own.startsWith(`${kind}/`) ? own : `${kind}/${own}`;
}

function isVendor(by: string | undefined): boolean {
  return /vendor|seller|shop|store|staff|official|manufacturer|판매자|운영자|관리자/i.test(by ?? "");
}
