import { describe, expect, test } from "vitest";
import { ranked, supports } from "../../src/knowledge/rank.ts";
import type { Piece } from "../../src/knowledge/traits.ts";

const attribute = (name: string, text: string): Piece => ({ kind: "attribute", name, text, asked: "" });
const review = (text: string): Piece => ({ kind: "review", name: "", text, asked: "" });
const answer = (asked: string, text: string): Piece => ({ kind: "answer", name: "", text, asked });
const described = (text: string): Piece => ({ kind: "description", name: "", text, asked: "" });

const title = "Ridgeway Camp Kettle";

function first(text: string, pieces: readonly Piece[]): string | undefined {
  return ranked({ text, title }, pieces)[0]?.piece.text;
}

function stated(text: string, pieces: readonly Piece[]): boolean {
  const [best] = ranked({ text, title }, pieces);
  return best !== undefined && supports(best);
}

describe("evidence, ranked for a question", () => {
  test("an attribute by its name goes before one that only shares a word", () => {
    const pieces = [
      attribute("Package weight", "2 kg"),
      attribute("Weight", "1.2 kg"),
      attribute("Color", "red"),
    ];
    expect(first("How heavy is it?", pieces)).toBe("1.2 kg");
  });

  test("a question for a figure is answered by a figure", () => {
    const pieces = [
      review("The handle is long enough for a gloved hand, how long is up to taste."),
      review("The handle is 14 cm long."),
    ];
    expect(first("How long is the handle?", pieces)).toBe("The handle is 14 cm long.");
  });

  test("an answer to the same question goes before a remark in passing", () => {
    const pieces = [
      review("I took the lid to the dishwasher repair shop by mistake."),
      answer("Is the lid dishwasher safe?", "Yes, on the top rack."),
    ];
    expect(first("Can the lid go in the dishwasher?", pieces)).toBe("Yes, on the top rack.");
  });

  test("words of the product's own title tell little", () => {
    const pieces = [
      described("The Ridgeway Camp Kettle is a kettle for the camp."),
      described("Its spout whistles."),
    ];
    expect(first("Does the Ridgeway Camp Kettle whistle?", pieces)).toBe("Its spout whistles.");
  });

  test("Korean questions find Korean evidence however it is spaced", () => {
    const pieces = [attribute("무게", "1.2kg"), review("뚜껑은 식기 세척기에 넣어도 괜찮았어요.")];
    expect(first("뚜껑 식기세척기에 돌려도 되나요?", pieces)).toBe("뚜껑은 식기 세척기에 넣어도 괜찮았어요.");
    expect(first("무게가 얼마나 나가요?", pieces)).toBe("1.2kg");
  });

  test("equal pieces stay in their order, and the same input gives the same ranks", () => {
    const pieces = [
      review("Nothing to say here."),
      review("Nothing to say here."),
      review("Nor here at all, really."),
    ];
    const ranks = ranked({ text: "Is it blue?", title }, pieces);
    expect(
      ranks.filter(({ piece }) => piece.text === "Nothing to say here.").map(({ piece }) => piece),
    ).toEqual([pieces[0], pieces[1]]);
    expect(ranked({ text: "Is it blue?", title }, pieces)).toEqual(ranks);
  });
});

describe("a question that nothing answers", () => {
  test("has a best piece, which does not support it", () => {
    const pieces = [
      attribute("Weight", "1.2 kg"),
      described("A kettle for two cups."),
      review("Great for coffee."),
    ];
    expect(stated("Does it work on an induction stove?", pieces)).toBe(false);
    expect(stated("How much does it weigh?", pieces)).toBe(true);
  });

  test("or that no piece at all is there for, is not answered", () => {
    expect(stated("How much does it weigh?", [])).toBe(false);
  });
});
