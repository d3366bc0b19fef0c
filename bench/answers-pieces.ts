import type { Piece } from "../src/knowledge/traits.ts";
import type { Candidate } from "./answers-data.ts";

/** The candidate as the gateway would hold it after loading: attributes typed, answers apart from their question. */
export function pieceOf({ source, text }: Candidate): Piece {
  switch (source) {
    case "attribute":
      return attribute(text);
    case "cqa": {
      const at = text.lastIndexOf(ASKED);
      if (at < 0) return { kind: "answer", name: "", text, asked: "" };
      return { kind: "answer", name: "", text: text.slice(0, at), asked: text.slice(at + ASKED.length) };
    }
    case "review":
      return { kind: "review", name: "", text, asked: "" };
    case "bullet":
    case "description":
      return { kind: "description", name: "", text, asked: "" };
  }
}

const ASKED = " Question: ";

/** `item_weight:  { unit:pounds, value:1.83 }` is "item weight": "1.83 pounds"; converted values repeat the first. */
function attribute(text: string): Piece {
  const at = text.indexOf(":");
  const body = text
    .slice(at + 1)
    .replace(/normalized_value:\{[^{}]*\},?/g, " ")
    .replace(/standardized_values:\[[^\]]*\],?/g, " ");
  const names = new Set<string>();
  const values: string[] = [];
  let unit = "";
  for (const [, name = "", quoted, bare] of body.matchAll(FIELD)) {
    const value = quoted ?? bare;
    if (value === undefined) names.add(name);
    else if (name === "unit") unit = value;
    else {
      values.push(unit === "" ? value : `${value} ${unit}`);
      unit = "";
      if (name !== "value") names.add(name);
    }
  }
  const name = [text.slice(0, at), ...names].join(" ").replaceAll("_", " ");
  const value = values.length > 0 ? values.join("; ") : body;
  return { kind: "attribute", name, text: value.replaceAll("_", " "), asked: "" };
}

/** A name with what follows it: a quoted value, a bare one, or braces. A quotation mark may stand inside quotes. */
const FIELD = /([a-z_]+):(?:"((?:[^"\\]|\\.|"(?!\s*[,}\]]))*)"|([^\s,{}[\]"']+)|(?=\s*[{[']))/g;
