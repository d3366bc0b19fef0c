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

  test("a search address is refused by its scheme, with those there are", async () => {
    await expect(loadConfig({ PARLEY_SEARCH: "redis://127.0.0.1" })).rejects.toThrow(
      "PARLEY_SEARCH: expected postgres://... or postgresql://... or opensearch://... or opensearchs://...",
    );
    const { search } = await loadConfig({ PARLEY_SEARCH: "opensearch://127.0.0.1:9200/parley" });
    expect(search).toBe("opensearch://127.0.0.1:9200/parley");
  });

  test("signed agents need the public address wherever others than this machine reach the gateway", async () => {
    const agents = { PARLEY_SIGNED_AGENTS: "https://agent.example" };
    for (const host of ["0.0.0.0", "192.168.0.4", "::", "shop.example"])
      await expect(loadConfig({ ...agents, PARLEY_HOST: host })).rejects.toThrow(
        /PARLEY_SIGNED_AGENTS needs PARLEY_PUBLIC_URL/,
      );
    for (const host of ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
      expect(await loadConfig({ ...agents, PARLEY_HOST: host })).toMatchObject({ host });
    const PARLEY_PUBLIC_URL = "https://shop.example";
    expect(await loadConfig({ ...agents, PARLEY_HOST: "0.0.0.0", PARLEY_PUBLIC_URL })).toBeDefined();
  });

  test("names are one way written: of agents by their host, of keys in composed characters, each once", async () => {
    const keyed = (name: string) => `${name}=0123456789abcdef`;
    const { signed_agents, api_keys } = await loadConfig({
      PARLEY_SIGNED_AGENTS: "https://Agent.Example, https://구매.example",
      PARLEY_API_KEYS: keyed("김영희".normalize("NFD")),
    });
    expect(signed_agents).toEqual(["https://agent.example", new URL("https://구매.example").origin]);
    expect(api_keys).toEqual([keyed("김영희")]);
    for (const [problem, names] of [
      ["cannot be seen", ["acme\u202e"]],
      ["two keys have one name", ["김", "김".normalize("NFD")]],
    ] as const)
      await expect(loadConfig({ PARLEY_API_KEYS: names.map(keyed).join(",") })).rejects.toThrow(problem);
    await expect(loadConfig({ PARLEY_SIGNED_AGENTS: "https://agent.example/path" })).rejects.toThrow(
      "origins",
    );
  });

  test("money records cannot be kept for less long than conversations that are kept for good", async () => {
    const for10Years = { PARLEY_MONEY_RETENTION_DAYS: "3653" };
    expect(await loadConfig(for10Years)).toMatchObject({ money_retention_days: 3_653, retention_days: 30 });
    await expect(loadConfig({ ...for10Years, PARLEY_RETENTION_DAYS: "0" })).rejects.toThrow("has no effect");
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

  test("networks that webhooks may go to are addresses or blocks, and need a webhook", async () => {
    const url = { PARLEY_WEBHOOK_URL: "http://10.0.0.7/orders" };
    const allow = (text: string) => loadConfig({ ...url, PARLEY_WEBHOOK_ALLOW: text });
    expect((await allow("10.0.0.0/8, ::1,fd00::/8")).webhook_allow).toEqual([
      "10.0.0.0/8",
      "::1",
      "fd00::/8",
    ]);
    for (const text of ["10/8", "10.0.0.0/33", "10.0.0.0/8/1", "10.0.0.0/", "localhost", "fd00::/129", "*"])
      await expect(allow(text)).rejects.toThrow("PARLEY_WEBHOOK_ALLOW: expected addresses or networks");
    await expect(loadConfig({ PARLEY_WEBHOOK_ALLOW: "::1" })).rejects.toThrow(
      "PARLEY_WEBHOOK_ALLOW has no effect without PARLEY_WEBHOOK_URL",
    );
  });

  test("a stream of orders is a server and a name", async () => {
    const stream = "nats://shop:secret@nats.example:4222/ORDERS";
    expect(await loadConfig({ PARLEY_ORDERS_STREAM: stream })).toMatchObject({ orders_stream: stream });
    await expect(loadConfig({ PARLEY_ORDERS_STREAM: "nats://nats.example:4222" })).rejects.toThrow(
      "PARLEY_ORDERS_STREAM: expected nats://host:4222/STREAM",
    );
  });
});

describe("OpenTelemetry's variables", () => {
  const at = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" };
  const tracing = async (env: Record<string, string>) => (await loadConfig(env)).tracing;

  test("ask for traces by naming a collector, and for none by any of their ways", async () => {
    expect(await tracing({})).toBeNull();
    expect(await tracing(at)).toMatchObject({
      sampler: "parentbased_always_on",
      batch: { maxQueueSize: 2_048 },
    });
    expect(
      await tracing({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://collector/v1/traces" }),
    ).not.toBeNull();
    expect(await tracing({ ...at, OTEL_SDK_DISABLED: "true" })).toBeNull();
    expect(await tracing({ ...at, OTEL_TRACES_EXPORTER: "none" })).toBeNull();
    expect(await tracing({ OTEL_EXPORTER_OTLP_ENDPOINT: "", OTEL_TRACES_SAMPLER: "never" })).toBeNull();
  });

  test("decide which traces are kept and how they wait", async () => {
    const set = {
      OTEL_TRACES_SAMPLER: "traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.25",
      OTEL_BSP_MAX_QUEUE_SIZE: "100",
    };
    expect(await tracing({ ...at, ...set })).toMatchObject({
      sampler: "traceidratio",
      ratio: 0.25,
      batch: { maxQueueSize: 100, maxExportBatchSize: 100 },
    });
  });

  test("are refused by name where they cannot be kept to", async () => {
    await expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" })).rejects.toThrow(
      /^OTEL_EXPORTER_OTLP_ENDPOINT: expected the address of a collector/,
    );
    await expect(tracing({ ...at, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" })).rejects.toThrow(
      /^OTEL_EXPORTER_OTLP_PROTOCOL: traces leave by http\/protobuf/,
    );
    await expect(tracing({ ...at, OTEL_TRACES_SAMPLER_ARG: "7" })).rejects.toThrow(
      /^OTEL_TRACES_SAMPLER_ARG/,
    );
  });
});
