import { parse } from "yaml";
import { slug } from "../columns.ts";
import { languageOf, readLang } from "../language.ts";
import type { BadRow, Format, Reader, Row } from "../source.ts";
import { isObject } from "./jsonl.ts";

/**
 * Policies and FAQs. Optional YAML front matter (`topic`, `lang`, `title`); every `##` opens a passage. A heading
 * that asks, or any heading of a file whose topic is "faq", is a question, and what stands under it the answer.
 */
export const markdown: Format = { name: "Markdown", extensions: [".md", ".markdown"], open };

function open(name: string): Reader {
  const parts: string[] = [];
  return {
    push(text) {
      parts.push(text);
      return [];
    },
    end: () => rowsOf(parts.join("").replaceAll("\r\n", "\n"), name),
  };
}

interface Section {
  readonly heading: string;
  readonly line: number;
  readonly lines: string[];
}

function rowsOf(text: string, name: string): (Row | BadRow)[] {
  const matter = /^---\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/.exec(text);
  let front: Record<string, unknown> = {};
  try {
    const parsed: unknown = matter?.[1] === undefined ? {} : parse(matter[1]);
    if (isObject(parsed)) front = parsed;
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : "unreadable";
    return [{ line: 1, problem: `the front matter between the --- lines is not YAML (${why})` }];
  }
  const skipped = matter?.[0] ?? "";
  const body = text.slice(skipped.length);
  const { title, sections } = sectionsOf(body, skipped.split("\n").length);
  return passages(sections, { front, title, stem: stemOf(name), body });
}

function sectionsOf(body: string, firstLine: number): { title: string; sections: Section[] } {
  let title = "";
  let fenced = false;
  let current: Section = { heading: "", line: firstLine, lines: [] };
  const sections = [current];
  for (const [index, line] of body.split("\n").entries()) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? null : /^(#{1,2})\s+(.*?)\s*#*\s*$/.exec(line);
    if (heading?.[1] === "#" && title === "") title = words(heading[2] ?? "");
    else if (heading) {
      current = { heading: words(heading[2] ?? ""), line: firstLine + index, lines: [] };
      sections.push(current);
    } else current.lines.push(line);
  }
  return { title, sections };
}

interface Page {
  readonly front: Readonly<Record<string, unknown>>;
  readonly title: string;
  readonly stem: string;
  readonly body: string;
}

function passages(sections: readonly Section[], { front, title, stem, body }: Page): Row[] {
  const lang = readLang(front.lang) ?? languageOf(body);
  const name = typeof front.title === "string" ? front.title : title || stem;
  const topic = typeof front.topic === "string" ? front.topic : topicOf(`${stem} ${name}`);
  const taken = new Set<string>();
  const rows: Row[] = [];
  for (const { heading, line, lines } of sections) {
    const text = words(lines.join("\n")).trim();
    if (text === "") continue;
    const asks = heading !== "" && (topic === "faq" || isQuestion(heading));
    const base = `${asks ? "faq" : "policy"}/${slug(stem) || "page"}/${lang}#${slug(heading) || "top"}`.slice(
      0,
      190,
    );
    let id = base;
    for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
    taken.add(id);
    const kind = asks ? "faq" : "policy";
    const value = { kind, id, topic, title: heading || name, text, lang };
    rows.push(heading === "" ? { line, value } : { line, section: heading.slice(0, 200), value });
  }
  return rows;
}

/** "policies/returns.ko.md" -> "returns": the language is told apart from the page. */
function stemOf(name: string): string {
  const file = name.split(/[\\/]/).at(-1) ?? name;
  return file
    .replace(/\.gz$/, "")
    .replace(/\.[a-z]+$/i, "")
    .replace(/[._-](ko|en)(-[A-Za-z]{2})?$/i, "");
}

function isQuestion(heading: string): boolean {
  return /[?？]$/.test(heading) || /(나요|까요|인가요|한가요|되나요)$/.test(heading);
}

/** Topics by the words a page's name and title use, in both languages; the page's name when none fits. */
const TOPICS: readonly (readonly [string, RegExp])[] = [
  ["faq", /\bfaq\b|questions|자주 ?묻는|질문/i],
  ["returns", /return|refund|exchange|반품|환불|교환/i],
  ["shipping", /ship|deliver|배송|배달/i],
  ["warranty", /warrant|guarantee|repair|보증|수리|a\/?s\b/i],
  ["payment", /pay|billing|invoice|결제|지불|청구/i],
  ["privacy", /privacy|personal data|개인 ?정보/i],
];

export function topicOf(name: string): string {
  return (
    TOPICS.find(([, pattern]) => pattern.test(name))?.[0] ?? ((slug(name).split("-")[0] ?? "") || "general")
  );
}

/** Markdown without its marks: emphasis, links and images become their words, lists and lines stay. */
function words(text: string): string {
  return text
    .replace(/^\s*(```|~~~).*$/gm, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, "$1")
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, "$2")
    .replace(/(?<![\w*])[*_](?=\S)([^*_\n]*?\S)[*_](?![\w*])/g, "$1")
    .replace(/`([^`\n]+)`/g, "$1")
    .replace(/^#{3,6}\s+/gm, "")
    .replace(/^[ \t]*[*+][ \t]+/gm, "- ")
    .replace(/\n{3,}/g, "\n\n");
}
