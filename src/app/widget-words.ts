import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ENGLISH = fileURLToPath(new URL("../web/words/widget.en.json", import.meta.url));

/** The chat element's words, in the order that its bundle numbers them by; those of a family, as `status.pending`, follow each other. */
function numbered(): string[] {
  const words: Language = JSON.parse(readFileSync(ENGLISH, "utf8"));
  return Object.entries(words).flatMap(([name, word]) =>
    typeof word === "string" ? name : Object.keys(word).map((member) => `${name}.${member}`),
  );
}

type Language = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** A language as a list, a line a word: names are needed in the script alone. */
export function languageModule(json: string): { code: string; moduleType: "js" } {
  const words: Language = JSON.parse(json);
  const lines = numbered().map((path) => {
    const [name = "", member = ""] = path.split(".");
    const word = words[name];
    return typeof word === "object" ? word[member] : word;
  });
  return { code: `export default ${JSON.stringify(lines.join("\n"))}.split("\\n")`, moduleType: "js" };
}

/** `words.accept` as `words[41]`, and `words.status` as the family that begins with `words[66]`. */
export function numberedWords(code: string): string {
  const paths = numbered();
  const small = code.replace(/(?<![.\w])words\.(\w+)(\.\w+)?/g, (named, word, rest = "") => {
    if (paths.includes(word + rest)) return `words[${paths.indexOf(word + rest)}]`;
    if (paths.includes(word)) return `words[${paths.indexOf(word)}]${rest}`;
    const members = paths.filter((path) => path.startsWith(`${word}.`));
    const names = members.map((path) => path.slice(word.length + 1)).join(" ");
    return members[0] ? `family(${paths.indexOf(members[0])}, "${names}")${rest}` : named;
  });
  return small === code ? code : `import { family } from "./words.ts";\n${small}`;
}
