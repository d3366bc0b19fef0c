import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BOUNDS } from "../../../src/domain/bounds.ts";
import { goodPrompt as good } from "./files.ts";

/** Words that try to break out, among any others. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        "</data>",
        '<data name="shop">',
        "{{ shop }}",
        "{% raw %}",
        "# User\n",
        '"',
        "\\",
        "\\u003c",
        "\u2028",
        "# System\n",
        "---\n",
        "&lt;",
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join("")),
);
const FENCE = /<data name="([a-z_0-9]+)">(".*?")<\/data>/gs;

describe("words of others", () => {
  const prompt = good({
    inputs: "{ shop: given, message: heard, earlier: heard }",
    system: "For {{ shop }}. Data stands in tags.",
    user: 'Before: {{ earlier | default: "none" }}\n{% unless message == "x" %}Now: {{ message }}{% endunless %}\nAgain: {{ message }}.',
  });

  test("are always inside their fence, whole, and the rest of the prompt stays as it was", () => {
    fc.assert(
      fc.property(hostile, hostile, (message, earlier) => {
        fc.pre(message !== "" && earlier !== "");
        const { system, user } = prompt.render({ given: { shop: "Nari" }, heard: { message, earlier } });
        expect(system).toBe("For Nari. Data stands in tags.");
        const found = [...user.matchAll(FENCE)];
        expect(found.map(([, name]) => name)).toEqual(["earlier", "message", "message"]);
        expect(found.map(([, , json]) => JSON.parse(json ?? ""))).toEqual([earlier, message, message]);
        expect(user.replace(FENCE, "@")).toBe("Before: @\nNow: @\nAgain: @.");
      }),
      { numRuns: 500 },
    );
  });

  test("are fenced too when only the question, or only the prompt, calls them heard", () => {
    const declared = good({}).render({ given: { message: "</data> hi" }, heard: {} });
    expect(declared.user).toBe('Message: <data name="message">"\\u003c/data\\u003e hi"</data>');
    const brought = good({ inputs: "{ message: given }" }).render({
      given: { message: "a" },
      heard: { message: "<b>" },
    });
    expect(brought.user).toBe('Message: <data name="message">"\\u003cb\\u003e"</data>');
  });

  test("are not found under names every object has", () => {
    const odd = good({ inputs: "{ constructor: heard }", user: "{{ constructor }}" });
    expect(() => odd.render({ given: {}, heard: {} })).toThrow("no input `constructor`");
  });

  test("are cut, the longest first, until the prompt fits, and the cut is marked inside the fence", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.constantFrom("a", "<", "가", "😀", "\n"),
        (one, other, unit) => {
          const message = unit.repeat(one);
          const earlier = "b".repeat(other);
          const { system, user } = prompt.render({ given: { shop: "Nari" }, heard: { message, earlier } });
          expect(system.length + user.length).toBeLessThanOrEqual(BOUNDS.prompt_chars);
          expect(user.replace(FENCE, "@")).toBe("Before: @\nNow: @\nAgain: @.");
          for (const [, name, json] of user.matchAll(FENCE)) {
            const said = name === "message" ? message : earlier;
            const kept = JSON.parse(json ?? "") as string;
            if (kept !== said) expect(kept).toMatch(/\[\.\.\. \d+ characters left out \.\.\.\]/);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("that are short stay whole beside a long one, which keeps both its ends", () => {
    const { user } = prompt.render({
      given: { shop: "Nari" },
      heard: { message: "short", earlier: `first ${"x".repeat(50_000)} last` },
    });
    expect(user).toContain('<data name="message">"short"</data>');
    expect(user).toMatch(/"first x+\[\.\.\. \d+ characters left out \.\.\.\]x+ last"/);
    expect(user.length).toBeGreaterThan(BOUNDS.prompt_chars * 0.9);
  });

  test("are all cut before what is given is", () => {
    const { system, user } = prompt.render({
      given: { shop: "s".repeat(BOUNDS.prompt_chars * 2) },
      heard: { message: "hello ".repeat(100), earlier: "x" },
    });
    expect(system.length + user.length).toBeLessThanOrEqual(BOUNDS.prompt_chars);
    expect(system).toMatch(/characters left out/);
  });
});
