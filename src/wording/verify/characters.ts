import type { Objection } from "./objection.ts";
import type { Support } from "./support.ts";

/** Characters, markup, links and contacts that have no place in a reply. Homoglyphs end here: only known scripts pass. */
export function charactersOf(text: string, support: Support, face: "text" | "speech"): Objection[] {
  const out: Objection[] = [];
  const found = (kind: Objection["kind"], pattern: RegExp, say: string) => {
    for (const [words] of text.matchAll(pattern)) out.push({ kind, words, say });
  };
  found(
    "characters",
    OUTSIDE[face],
    "Write only plain letters of the reply's language, ASCII digits and common punctuation.",
  );
  found("markup", MARKUP, "Write plain text without Markdown, HTML or code.");
  if (support.lang === "en") found("language", /[가-힣]+/g, "Write this reply in English only.");
  if (support.lang === "ko" && /[A-Za-z]{2,}(?:[\s,]+[A-Za-z']{2,}){4,}/.test(text) && !/[가-힣]/.test(text))
    out.push({ kind: "language", words: text.slice(0, 60), say: "Write this reply in Korean." });
  for (const [words] of text.matchAll(LINK)) {
    if (support.contacts.some((contact) => contact.includes(words.replace(/[.,)]+$/, "")))) continue;
    const kind = words.includes("@") ? "contact" : "link";
    out.push({ kind, words, say: "Give no link or address that is not in the house words." });
  }
  found("contact", PHONE, "Give no phone number.");
  if (face === "speech")
    found("markup", /[*_#|•★×]|\n\s*[-\d]/g, "Speech is plain sentences without lists or symbols.");
  const letters = support.lang === "ko" ? /[\uAC00-\uD7A3]/.test(text) || !/[A-Za-z]{3}/.test(text) : true;
  if (!letters && text.split(/\s+/).length > 6)
    out.push({ kind: "language", words: text.slice(0, 60), say: "Write this reply in Korean." });
  return out;
}

const PUNCTUATION = " \\n.,!?;:'\"()\\[\\]\\/%&+\\-–—‘’“”…·•×₩$€£¥°~′″★=−≈@_#*<>`|^{}\\\\";
const OUTSIDE = {
  text: new RegExp(`[^A-Za-z0-9가-힣éü\uE100${PUNCTUATION}😊🙂🙏]+`, "gu"),
  speech: new RegExp(`[^A-Za-z0-9가-힣éü\uE100${PUNCTUATION}]+`, "gu"),
};
const MARKUP = /<\/?[a-z!][^>]*>|\*\*|__|`+|^#{1,6}\s|\[[^\]]*\]\([^)]*\)|^>\s|[{}\\^]|&[a-z]+;|\|{2,}/gim;
const LINK =
  /(?:https?:\/\/|www\.)\S+|[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[a-z]{2,}|\s\.\s?[a-z]{2,})*|\b[a-z0-9-]+\.(?:com|net|org|io|co|kr|shop|store|example|info|biz|app|dev|ly|me)\b\S*/gi;
const PHONE =
  /\+?\d{1,3}[\s.-]\(?\d{2,4}\)?[\s.-]\d{3,4}(?:[\s.-]\d{3,4})?|\b1-?8\d\d-?\w{3}-?\w{4}|01[016789][\s.-]?\d{3,4}[\s.-]?\d{4}/g;
