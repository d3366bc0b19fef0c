import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What makes the chat element's bundle smaller than a bundler can, since no bundler knows whose a name is. */

const ENGLISH = fileURLToPath(new URL("../web/words/widget.en.json", import.meta.url));

/** Properties that only the chat element's own code asks for: neither a browser's, nor the wire's, nor the host page's. */
export const OWN_NAMES = [
  ..."again answering attempts changed cite closed content conversation counter credentials done".split(" "),
  ..."drop element ended erase fail fields frame growing hello hush input last leaveAfter".split(" "),
  ..."leaveContact liveOffers over partial pump quotes read readAloud renew restored review save".split(" "),
  ..."seen settled showAgain standing storage tell tick timeline titles toEnd unanswered unsent".split(" "),
  ..."update wake yes".split(" "),
];

/** The bundle with short names for `OWN_NAMES`, and arrows in the place of functions. */
export async function shortened(code: string): Promise<string> {
  const { minifySync, parseSync } = await import("rolldown/utils");
  const { body } = parseSync("widget.js", code).program;
  let arrows = "";
  let done = 0;
  // Nothing is called above its place, since no file imports itself by a circle; and no function asks for its own `this`.
  for (const one of body)
    if (one.type === "FunctionDeclaration" && one.body && one.id) {
      const { id, async, start, end } = one;
      const rest = code.slice(id.end, one.body.start);
      arrows += `${code.slice(done, start)};const ${id.name}=${async ? "async" : ""}${rest}=>${code.slice(one.body.start, end)};`;
      done = end;
    }
  const include = new RegExp(`^(${OWN_NAMES.join("|")})$`);
  return minifySync("widget.js", arrows + code.slice(done), { module: true, mangleProps: { include } }).code;
}

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
