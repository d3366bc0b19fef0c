import { expect, test } from "vitest";
import { redacted } from "../../src/adapters/redaction.ts";

test("texts lose secrets, card numbers and addresses for mail, and keep the rest", () => {
  const cause =
    "Error: posting to https://kim:pass@shop.example/hook with Bearer abc.def-123 failed: staff_Zm9vYmFyYmF6, whsec_Zm9vYmFyYmF6, sk-proj-0123456789abcdef, eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln, ada@example.com paid by 4111 1111 1111 1111";
  const { cause: said } = redacted({ cause });
  for (const secret of ["kim:pass", "abc.def", "staff_Zm9v", "whsec_Zm9v", "sk-proj", "eyJ", "ada@", "4111"])
    expect(said).not.toContain(secret);
  expect(said).toContain(
    "Error: posting to https://[redacted]@shop.example/hook with Bearer [redacted] failed",
  );
});

test("fields that are named for a secret or for what somebody said are taken out, however deep", () => {
  const given = { session: "ses_1", a: [{ text: "hello", session_secret: "x", ms: 3 }], jws: "x", key: null };
  expect(redacted(given)).toEqual({
    ...{ session: "ses_1", jws: "[redacted]", key: null },
    a: [{ text: "[redacted]", session_secret: "[redacted]", ms: 3 }],
  });
});

test("an error is its sentence, and nothing goes on for ever", () => {
  expect(redacted({ cause: new Error("mail ada@example.com") })).toEqual({ cause: "Error: mail [redacted]" });
  const round: Record<string, unknown> = {};
  round.round = round;
  expect(JSON.stringify(redacted(round))).toContain("[deeper]");
  expect(String(redacted({ cause: "x".repeat(9_000) }).cause)).toHaveLength(2_001);
});
