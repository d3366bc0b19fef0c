import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { FAULTS } from "../src/domain/fault.ts";

const SRC = resolve(import.meta.dirname, "../src");
const files = walk(SRC).filter((file) => /\.tsx?$/.test(file));
const stations = ["understanding", "knowledge", "negotiation", "wording"];

/** Which rooms a room may import from, beside itself. */
const MAY: Record<string, readonly string[]> = {
  domain: [],
  ports: ["domain"],
  protocol: ["domain"],
  understanding: ["domain"],
  knowledge: ["domain"],
  negotiation: ["domain"],
  wording: ["domain"],
  asking: ["domain", "ports"],
  turn: ["domain", "ports", ...stations],
  session: ["turn", "asking", "domain", "ports", "protocol"],
  transport: ["session", "domain", "ports", "protocol"],
  web: ["protocol", "domain"],
  adapters: ["ports", "domain"],
  arena: ["turn", "domain", ...stations],
  lab: ["session", "turn", "asking", "domain", "ports", "protocol"],
  learning: ["lab", "session", "knowledge", "domain", "ports", "protocol"],
  app: [
    "arena",
    "learning",
    "lab",
    "transport",
    "session",
    "asking",
    "turn",
    "adapters",
    "protocol",
    "ports",
    "domain",
    ...stations,
  ],
};

/** Departures made on purpose; ARCHITECTURE.md says why. */
const GRANTED = new Map<string, readonly string[]>([
  // Index terms are made by the same pure functions that make query terms.
  ["adapters/lexical", ["knowledge"]],
  ["adapters/sqlite", ["knowledge"]],
  ["adapters/postgres", ["knowledge"]],
  ["adapters/opensearch", ["knowledge"]],
  // The meter is declared where it is used.
  ["adapters/metrics.ts", ["session"]],
  ["adapters/instruments.ts", ["session"]],
]);

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) =>
    item.isDirectory() ? walk(join(folder, item.name)) : [join(folder, item.name)],
  );
}

function room(file: string): string {
  const [first = ""] = relative(SRC, file).split("/");
  return first.replace(/\.tsx?$/, "");
}

function imports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return Array.from(found, (match) => resolve(dirname(file), match[1] ?? ""));
}

function code(file: string): string {
  return readFileSync(file, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
}

const secret = ["domain/limits.ts", "domain/reasons.ts", "domain/draws.ts"].map((file) => join(SRC, file));

function reaches(file: string, seen = new Set<string>()): boolean {
  if (secret.includes(file)) return true;
  if (seen.has(file) || !files.includes(file)) return false;
  seen.add(file);
  return imports(file).some((target) => reaches(target, seen));
}

describe("the laws of the design", () => {
  test("the check looks at every room there is", () => {
    expect([...new Set(files.map(room))].sort()).toEqual(Object.keys(MAY).sort());
  });

  test("law 1: imports only run down", () => {
    const upward = files.flatMap((file) =>
      imports(file)
        .filter((target) => room(target) !== room(file) && !MAY[room(file)]?.includes(room(target)))
        .filter((target) => {
          const where = relative(SRC, file);
          return ![...GRANTED].some(
            ([prefix, rooms]) => where.startsWith(prefix) && rooms.includes(room(target)),
          );
        })
        .map((target) => `${relative(SRC, file)} -> ${relative(SRC, target)}`),
    );
    expect(upward).toEqual([]);
  });

  test("law 1: no file imports itself by a circle", () => {
    const state = new Map<string, "open" | "done">();
    const circles: string[] = [];
    const visit = (file: string, path: string[]) => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        circles.push(
          [...path.slice(path.indexOf(file)), file].map((each) => relative(SRC, each)).join(" -> "),
        );
        return;
      }
      state.set(file, "open");
      for (const target of imports(file).filter((each) => files.includes(each)))
        visit(target, [...path, file]);
      state.set(file, "done");
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  test("law 2: domain and stations hold no async, clock, randomness, environment or I/O", () => {
    const forbidden =
      /\basync\b|\bawait\b|\bPromise\b|Date\.now|new Date\(\)|performance\.|Math\.random|randomBytes|randomUUID|process\.|\bfetch\(|setTimeout|setImmediate|from "node:(?!crypto)/;
    const guilty = files
      .filter((file) => ["domain", ...stations].includes(room(file)))
      .filter((file) => forbidden.test(code(file)))
      .map((file) => `${relative(SRC, file)}: ${forbidden.exec(code(file))?.[0]}`);
    expect(guilty).toEqual([]);
  });

  test("law 3: nothing that words a reply or writes public frames reaches limits or reasons, by any path", () => {
    const speaks = files.filter((file) =>
      ["wording", "understanding", "knowledge", "protocol"].includes(room(file)),
    );
    expect(speaks.filter((file) => reaches(file)).map((file) => relative(SRC, file))).toEqual([]);
    const direct = files
      .filter((file) => ["session", "transport"].includes(room(file)))
      .filter((file) => imports(file).some((target) => secret.includes(target)))
      .map((file) => relative(SRC, file));
    // house.ts types what a session shares; replay.ts reads stored policies; neither makes frames.
    expect(direct.sort()).toEqual(["session/house.ts", "session/replay.ts"]);
  });

  test("law 3: nothing that a model is asked or told by reaches limits or reasons, by any path", () => {
    const asks = files.filter((file) => {
      const where = relative(SRC, file);
      return (
        ["asking", "ports/model.ts", "ports/prompts.ts", "domain/questions"].some((p) =>
          where.startsWith(p),
        ) ||
        /^(?:adapters\/(?:model|prompts)\/|turn\/(?:agent|house-agent)\.ts|domain\/question\.ts)/.test(
          where,
        ) ||
        // Whoever makes a question, wherever it stands.
        (/\bGenerator<(?:Question|Saying)\b|\bQuestion<"\w+">/.test(code(file)) && room(file) !== "session")
      );
    });
    const names = asks.map((file) => relative(SRC, file));
    for (const one of ["understanding/understand", "knowledge/research", "wording/phrase", "asking/ask"])
      expect(names).toContain(`${one}.ts`);
    expect(asks.filter((file) => reaches(file)).map((file) => relative(SRC, file))).toEqual([]);
  });

  test("law 5: pages carry no schemas: of the nouns and the wire they take types, and of the client its code", () => {
    const parts = ["client", "codes", "emitter", "history", "ids", "keeping", "link", "pending", "session"];
    const client = parts.map((name) => join(SRC, `protocol/${name}.ts`));
    const guilty = files
      .filter((file) => room(file) === "web" || client.includes(file))
      .flatMap((file) =>
        [...code(file).matchAll(/^import (?!type )[^;]*?from "(\.[^"]+)"/gm)]
          .map((match) => resolve(dirname(file), match[1] ?? ""))
          .filter((target) => room(target) !== "web" && !client.includes(target))
          .map((target) => `${relative(SRC, file)} -> ${relative(SRC, target)}`),
      );
    expect(guilty).toEqual([]);
  });

  test("no text becomes markup or script in a page", () => {
    const forbidden =
      /\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|srcdoc|document\.write|DOMParser|createContextualFragment|setHTML\w*|eval)\b|new Function/;
    const guilty = files
      .filter((file) => room(file) === "web" && forbidden.test(code(file)))
      .map((file) => `${relative(SRC, file)}: ${forbidden.exec(code(file))?.[0]}`);
    expect(guilty).toEqual([]);
  });

  test("law 4: no barrels and no drawers", () => {
    const names = files.map((file) => relative(SRC, file));
    expect(names.filter((name) => /(^|\/)(utils|types|common|helpers)(\.ts|\/)/.test(name))).toEqual([]);
    const barrels = files.filter((file) => /^export \*/m.test(readFileSync(file, "utf8")));
    expect(barrels).toEqual([]);
    const ceremony = /export (?:class|interface|type) \w*(Service|Manager|Impl|Dto)\b/;
    expect(files.filter((file) => ceremony.test(code(file)))).toEqual([]);
  });

  test("law 6: Fault is the only error class that peers can meet, and every code is used", () => {
    const classes = files.flatMap((file) =>
      [...code(file).matchAll(/class (\w+) extends (\w*Error)/g)].map((m) => m[1]),
    );
    // ParleyFault is what a client makes of a fault frame.
    expect(classes.sort()).toEqual(["Fault", "ParleyFault"]);
    const all = files
      .filter((file) => !file.endsWith("domain/fault.ts"))
      .map(code)
      .join("\n");
    const unused = Object.keys(FAULTS).filter((name) => !all.includes(`"${name}"`));
    expect(unused).toEqual([]);
  });

  test("law 8: no money is parsed or rounded as a float", () => {
    const guilty = files
      .filter((file) => ["domain", "negotiation"].includes(room(file)))
      .filter((file) => /parseFloat|toFixed|Math\.round\(/.test(code(file)))
      .map((file) => relative(SRC, file));
    expect(guilty).toEqual([]);
  });

  test("files stay readable: none over 300 lines but tables of words", () => {
    const long = files
      .filter(
        (file) => !/(words|templates|written|speech|answers|lexicon|patterns|labels)[^/]*\.ts$/.test(file),
      )
      .filter((file) => statSync(file).size > 0 && readFileSync(file, "utf8").split("\n").length > 301)
      .map((file) => relative(SRC, file));
    expect(long).toEqual([]);
  });
});
