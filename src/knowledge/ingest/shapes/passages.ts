import { Columns, slug } from "../columns.ts";
import { topicOf } from "../formats/markdown.ts";
import { languageOf, readLang } from "../language.ts";
import { line, plain } from "../plain.ts";
import { bad, type Draft, type Row, type Shape } from "../source.ts";
import { given } from "./fields.ts";

/** Questions and answers about the shop as a whole: a row an FAQ entry. */
export const faqs: Shape = {
  name: "FAQ",
  needs: "question (or 질문), answer (or 답변); also topic, lang",
  fits: (columns) =>
    ["question", "질문"].some((name) => columns.has(name)) &&
    ["answer", "답변"].some((name) => columns.has(name)),
  *drafts({ value }: Row): Iterable<Draft> {
    const row = new Columns(value);
    const title = line(row.text("question", "질문") ?? "", 400);
    const text = plain(row.text("answer", "답변") ?? "", 20_000);
    if (title === "" || text === "") throw bad("question or answer is empty; both need words");
    yield passage("faq", row, title, text, "faq");
  },
};

/** Sections of a policy: a row a section, its rules as a text or a list. */
export const policies: Shape = {
  name: "policy sections",
  needs: "heading (or title, 제목), text (or rules[], 내용); also topic, lang",
  fits: (columns) =>
    ["heading", "title", "제목"].some((name) => columns.has(name)) &&
    ["text", "rules", "내용"].some((name) => columns.has(name)) &&
    !columns.has("price"),
  *drafts({ value }: Row): Iterable<Draft> {
    const row = new Columns(value);
    const title = line(row.text("heading", "title", "제목") ?? "", 400);
    const rules = row.take("text", "rules", "내용");
    const list = Array.isArray(rules)
      ? rules.map((rule) => `- ${String(rule)}`).join("\n")
      : String(rules ?? "");
    const text = plain(list, 20_000);
    if (title === "" || text === "") throw bad("heading or text is empty; both need words");
    yield passage("policy", row, title, text, topicOf(title));
  },
};

function passage(kind: "policy" | "faq", row: Columns, title: string, text: string, topic: string): Draft {
  const lang = readLang(row.take("lang", "language", "언어")) ?? languageOf(`${title} ${text}`);
  const named = row.text("topic", "주제") ?? topic;
  const own = row.text("id");
  return given({
    kind,
    id: own ?? `${kind}/${slug(named)}/${lang}#${slug(title)}`.slice(0, 200),
    topic: line(named, 80),
    title,
    text,
    lang,
  });
}
