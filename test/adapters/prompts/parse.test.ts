import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePrompt } from "../../../src/adapters/prompts/parse.ts";
import { problemText } from "../../../src/adapters/prompts/problem.ts";
import { BOUNDS } from "../../../src/domain/bounds.ts";
import { goodPrompt as good, promptText } from "./files.ts";

function problem(text: string, file = "prompts/read.md"): string {
  const parsed = parsePrompt(file, text);
  return "problem" in parsed ? problemText(parsed.problem) : "no problem";
}

describe("a prompt file", () => {
  test("is read into a prompt that renders its two sections", () => {
    const prompt = good({
      inputs: "{ shop: given, message: heard }",
      extra: "temperature: 0.2\n",
      system: "You read for {{ shop }}.",
      user: "They said:\n{{ message }}",
    });
    expect(prompt).toMatchObject({
      name: "read",
      version: 1,
      model: "reading",
      answer: "read",
      max_output_tokens: 400,
      temperature: 0.2,
      inputs: { shop: "given", message: "heard" },
    });
    expect(prompt.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(prompt.render({ given: { shop: "Nari" }, heard: { message: "안녕하세요 <b>" } })).toEqual({
      system: "You read for Nari.",
      user: 'They said:\n<data name="message">"안녕하세요 \\u003cb\\u003e"</data>',
    });
  });

  test("without a temperature leaves it to the model, and a changed byte changes the hash", () => {
    expect(good({}).temperature).toBeNull();
    expect(good({}).hash).not.toBe(good({ system: "You read!" }).hash);
  });

  test("may leave words out by a condition, also when an input has none", () => {
    const prompt = good({
      user: '{% if message != "" %}Said: {{ message }}{% else %}Nothing said.{% endif %}',
    });
    expect(prompt.render({ given: {}, heard: { message: "" } }).user).toBe("Nothing said.");
    expect(prompt.render({ given: {}, heard: { message: "x" } }).user).toBe(
      'Said: <data name="message">"x"</data>',
    );
  });

  test.each([
    ["no front matter", "# System\nx\n# User\ny\n", 1, /begin the file with a line `---`/],
    ["front matter without end", "---\nname: read\n", 1, /close it with a line/],
    ["bad YAML", promptText({ inputs: "{ message: heard" }), 8, /not YAML/],
    ["a key twice", promptText({ extra: "version: 2\n" }), 9, /not YAML: .*unique/],
    [
      "an alias",
      promptText({ inputs: "&a { message: heard }", extra: "temperature: *a\n" }),
      2,
      /write its value out/,
    ],
    [
      "an unknown key",
      promptText({ extra: "max_tokens: 3\n" }),
      9,
      /there is no `max_tokens`; the keys are name,/,
    ],
    ["a missing key", promptText({}).replace("version: 1\n", ""), 2, /version: .*add the line/],
    [
      "an unknown answer",
      promptText({ answer: "reads" }),
      6,
      /answer: expected read or research or word or buy/,
    ],
    ["an answer of another question", promptText({ answer: "word" }), 6, /is answered with `read`/],
    [
      "an unknown model",
      promptText({}).replace("model: reading", "model: gpt"),
      5,
      /expected reading or wording/,
    ],
    ["a version that is no number", promptText({}).replace("version: 1", "version: one"), 4, /version: /],
    [
      "another name than the file's",
      promptText({ name: "word" }),
      2,
      /the file is read\.md; call it word\.md/,
    ],
    [
      "an unknown kind of input",
      promptText({ inputs: "{ message: said }" }),
      7,
      /inputs\.message: expected given or heard/,
    ],
    ["an input that is no name", promptText({ inputs: '{ "a b": heard }' }), 7, /an input is lower-case/],
    [
      "an input not declared",
      promptText({ user: "{{ message }}\n\n{{ mesage }}" }),
      15,
      /`mesage` is not an input; .*or use message/,
    ],
    [
      "one not declared, in a condition",
      promptText({ user: "{{ message }}\n{% if tone %}x{% endif %}" }),
      14,
      /`tone` is not an input/,
    ],
    [
      "an input never used",
      promptText({ inputs: "\n  message: heard\n  shop: given" }),
      9,
      /inputs\.shop is never used; write \{\{ shop \}\}/,
    ],
    [
      "an unknown filter",
      promptText({ user: "\n{{ message | json }}" }),
      14,
      /undefined filter: json; the filters are default/,
    ],
    [
      "a filter that cuts",
      promptText({ user: "{{ message | slice: 22, 5 }}" }),
      13,
      /undefined filter: slice/,
    ],
    [
      "a filter that takes ends off",
      promptText({ user: '{{ message | strip: "<" }}' }),
      13,
      /undefined filter: strip/,
    ],
    ["a part of an input", promptText({ user: "{{ message[22] }}" }), 13, /one text without parts/],
    [
      "a tag not allowed",
      promptText({ user: '{{ message }}\n{% include "/etc/passwd" %}' }),
      14,
      /tag "include" not found; the tags are/,
    ],
    ["a loop", promptText({ user: "{% for a in message %}{{ a }}{% endfor %}" }), 13, /tag "for" not found/],
    ["a tag without end", promptText({ user: "{% if message %}" }), 13, /not closed/],
    ["an output without end", promptText({ user: "\n\n{{ message" }), 15, /not closed/],
    [
      "no system section",
      promptText({}).replace("# System\n", ""),
      11,
      /begin the body with a line `# System`/,
    ],
    [
      "no user section",
      promptText({}).replace("# User\n", ""),
      10,
      /after `# System` comes one line `# User`/,
    ],
    ["a section twice", `${promptText({})}# User\nagain\n`, 14, /a second `# User`/],
    ["an empty section", promptText({ system: "" }), 10, /nothing under `# System`/],
    [
      "text before the body",
      promptText({}).replace("# System", "Hello\n# System"),
      10,
      /text before `# System`/,
    ],
    ["too much text", promptText({ system: "x".repeat(BOUNDS.prompt_chars) }), 1, /12000 is the most/],
  ])("with %s is refused with its line and how to mend it", (_, text, line, message) => {
    const said = problem(text);
    expect(said).toMatch(message);
    expect(said).toContain(`prompts/read.md:${line}: `);
  });

  test("of any text is a prompt or a problem with a line of that text, never an error", () => {
    const whole = promptText({ user: "{% if message %}{{ message | default: 'x' }}{% endif %}" });
    const odd = [
      "---",
      "{{",
      "}}",
      "{%",
      "%}",
      "|",
      "&a ",
      "*a",
      "<<: ",
      "# User\n",
      "!!binary ",
      ": ",
      "\t",
      "[",
      "{",
    ];
    const piece = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: "binary", maxLength: 5 }));
    const edits = fc.array(fc.tuple(fc.nat(whole.length), fc.nat(8), piece), { maxLength: 4 });
    fc.assert(
      fc.property(edits, (made) => {
        let text = whole;
        for (const [at, gone, put] of made) text = text.slice(0, at) + put + text.slice(at + gone);
        const parsed = parsePrompt("prompts/read.md", text);
        if ("ok" in parsed) return;
        expect(parsed.problem.line).toBeGreaterThanOrEqual(1);
        expect(parsed.problem.line).toBeLessThanOrEqual(text.split("\n").length);
        expect(parsed.problem.message).not.toBe("");
      }),
      { numRuns: 2_000 },
    );
  });

  test("says which input a question does not bring", () => {
    expect(() => good({}).render({ given: {}, heard: {} })).toThrow(
      "prompts/read.md: the question brings no input `message`",
    );
  });
});
