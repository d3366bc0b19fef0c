import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/app/config.ts";

describe("the settings", () => {
  test("a misspelt variable is refused by name, with the nearest setting", async () => {
    await expect(loadConfig({ PARLEY_PROT: "8000", PARLEY_WEBHOOK: "x" })).rejects.toMatchObject({
      code: "bad_config",
      message:
        "there is no setting PARLEY_PROT; is it PARLEY_PORT?\nthere is no setting PARLEY_WEBHOOK; is it PARLEY_WEBHOOK_URL?",
    });
  });

  test("what tests and measurements read is let through", async () => {
    expect(await loadConfig({ PARLEY_DATA: "x", PARLEY_REQUIRE_ALL: "1", PARLEY_PORT: "9" })).toMatchObject({
      port: 9,
    });
  });

  test("a word where a number belongs is repeated", async () => {
    await expect(loadConfig({ PARLEY_PORT: "abc" })).rejects.toThrow(
      'PARLEY_PORT: expected a number, got "abc"',
    );
  });

  test("a settings file that is not there is said so in words", async () => {
    await expect(loadConfig({ PARLEY_CONFIG: "/none/parley.yaml" })).rejects.toThrow(
      /^PARLEY_CONFIG: \/none\/parley\.yaml cannot be read: there is no such file$/,
    );
  });
});
