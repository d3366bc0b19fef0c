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

  test("a model's key is taken from OpenAI's variable for OpenAI's own servers and no other", async () => {
    const keys = async (env: Record<string, string>) => {
      const { model_key, model_reading_key } = await loadConfig({ OPENAI_API_KEY: "sk-own", ...env });
      return [model_key, model_reading_key];
    };
    const elsewhere = "openai-chat:qwen@http://10.0.0.7:8000/v1";
    expect(await keys({ PARLEY_MODEL: "openai:gpt-5", PARLEY_MODEL_READING: "openai:gpt-5-mini" })).toEqual([
      "sk-own",
      "sk-own",
    ]);
    expect(await keys({ PARLEY_MODEL: elsewhere })).toEqual([undefined, undefined]);
    expect(await keys({ PARLEY_MODEL: "openai:gpt-5", PARLEY_MODEL_READING: elsewhere })).toEqual([
      "sk-own",
      undefined,
    ]);
    expect(await keys({ PARLEY_MODEL: elsewhere, PARLEY_MODEL_READING: "openai:gpt-5-mini" })).toEqual([
      undefined,
      "sk-own",
    ]);
  });

  test("a key given for one model goes to the other at the same place only", async () => {
    const here = "openai-chat:big@http://10.0.0.7:8000/v1";
    const given = { PARLEY_MODEL: here, PARLEY_MODEL_KEY: "key-of-here" };
    const same = await loadConfig({ ...given, PARLEY_MODEL_READING: here.replace("big", "small") });
    expect(same.model_reading_key).toBe("key-of-here");
    const other = { ...given, PARLEY_MODEL_READING: here.replace("0.7", "0.8") };
    expect((await loadConfig(other)).model_reading_key).toBeUndefined();
    const own = await loadConfig({ ...other, PARLEY_MODEL_READING_KEY: "key-of-there" });
    expect([own.model_key, own.model_reading_key]).toEqual(["key-of-here", "key-of-there"]);
  });

  test("a setting that would have no effect is refused: a bound on money takes the prices of all that spend it", async () => {
    const usd = { PARLEY_MODEL_SESSION_USD: "1" };
    await expect(loadConfig(usd)).rejects.toThrow(
      "PARLEY_MODEL_SESSION_USD has no effect without PARLEY_MODEL",
    );
    const model = { ...usd, PARLEY_MODEL: "tape:x.yaml" };
    await expect(loadConfig(model)).rejects.toThrow("without PARLEY_MODEL_PRICE");
    const reading = { ...model, PARLEY_MODEL_PRICE: "1/2", PARLEY_MODEL_READING: "tape:y.yaml" };
    await expect(loadConfig(reading)).rejects.toThrow("without PARLEY_MODEL_READING_PRICE");
    expect(await loadConfig({ ...reading, PARLEY_MODEL_READING_PRICE: "0.1/0.2" })).toMatchObject({
      model_session_usd: 1,
    });
  });
});
