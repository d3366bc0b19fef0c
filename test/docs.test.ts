import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { SETTINGS } from "../src/app/config.ts";

const ROOT = join(import.meta.dirname, "..");
const pages = globSync(
  ["*.md", "docs/**/*.md", "fixtures/*.md", "fixtures/vendors/**/*.md", "prompts/README.md"],
  {
    cwd: ROOT,
  },
);
const textOf = (page: string) => readFileSync(join(ROOT, page), "utf8");
const outsideCode = (text: string) => text.replace(/^```.*?^```/gms, "");

/** Where GitHub's headings can be linked to. */
function anchorsOf(page: string): string[] {
  const headings = outsideCode(textOf(page)).matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\-_ ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("the documentation", () => {
  it.each(pages)("%s links to what is there", (page) => {
    const links = [...outsideCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const broken = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? page : normalize(join(dirname(page), path));
        if (!existsSync(join(ROOT, target))) return true;
        return anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it("names every setting, and none that is not there", () => {
    const named = new Set(textOf("docs/settings.md").match(/PARLEY_[A-Z_]+/g));
    expect([...named].toSorted()).toEqual(SETTINGS.toSorted());
  });

  it("calls only commands that there are, and every measurement with its figures", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const all = pages.map(textOf).join("\n");
    const called = [...all.matchAll(/npm run (?:-s )?([a-z]+)/g)].map(([, name = ""]) => name);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
    const benches = [...textOf("bench/main.ts").matchAll(/^ {2}(\w+): \{.*import\(/gm)].map(
      ([, name = ""]) => name,
    );
    const measured = [...all.matchAll(/bench -- ([a-z0-9]+)/g)].map(([, name = ""]) => name);
    expect(measured.filter((name) => !benches.includes(name))).toEqual([]);
    const figures = textOf("docs/figures.md");
    expect(benches.length).toBeGreaterThan(20);
    expect(benches.filter((name) => !figures.includes(`bench -- ${name}\``))).toEqual([]);
  });
});
