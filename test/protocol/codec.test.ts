import { expect, test } from "vitest";
import { Fault } from "../../src/domain/fault.ts";
import { decode, faultFrame } from "../../src/protocol/codec.ts";

function refusal(text: string): unknown {
  try {
    decode(text);
  } catch (error) {
    if (error instanceof Fault) return JSON.parse(faultFrame(error));
  }
  return null;
}

test("a message refused for half a character is named by its id, so that whoever waits for it is told", () => {
  expect(refusal('{"type":"say","id":"m1","text":"\\ud800"}')).toMatchObject({ code: "bad_json", id: "m1" });
  expect(refusal('{"type":"say","id":"m1","act":{"act":"greet"},"\\udfff":1}')).toMatchObject({ id: "m1" });
});

test("an id that could not be read is not made up", () => {
  for (const text of ['{"type":"say","id":"\\ud800","text":"hi"}', '{"type":"say","id":"m1"', '["\\ud800"]'])
    expect(refusal(text)).toMatchObject({ code: "bad_json" });
  expect(refusal('{"type":"say","id":"\\ud800","text":"hi"}')).not.toHaveProperty("id");
});
