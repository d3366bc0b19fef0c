import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openEmbeddings } from "../../../src/adapters/model/embeddings.ts";
import type { Embed } from "../../../src/ports/embed.ts";
import { type EmbeddingsWire, startEmbeddings, type Trouble } from "../../wire/embeddings.ts";

const KEY = "sk-only-for-this-server";

describe("vectors from a server that speaks OpenAI's wire", () => {
  let wire: EmbeddingsWire;
  let embed: Embed;
  beforeAll(async () => {
    wire = await startEmbeddings();
    embed = await openEmbeddings({ base_url: wire.url, model: "letters", key: KEY });
  });
  beforeEach(() => {
    wire.trouble = null;
    wire.asked.length = 0;
  });
  afterAll(() => wire.close());

  const vectors = (texts: readonly string[], signal = AbortSignal.timeout(30_000)) =>
    embed.vectors(texts, { signal });

  test("come in the order of the texts, of length 1, by one request with the key", async () => {
    const got = await vectors(["black chair", "laser printer", "black chairs"]);
    if (!got.ok) throw new Error(got.detail);
    const [chair, printer, chairs] = got.vectors as [Float32Array, Float32Array, Float32Array];
    const cosine = (a: Float32Array, b: Float32Array) =>
      a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0);
    expect(cosine(chair, chair)).toBeCloseTo(1, 5);
    expect(cosine(chair, chairs)).toBeGreaterThan(cosine(chair, printer));
    expect(wire.asked.map(({ body, headers }) => [body, headers.authorization])).toEqual([
      [
        {
          model: "letters",
          input: ["black chair", "laser printer", "black chairs"],
          encoding_format: "float",
        },
        `Bearer ${KEY}`,
      ],
    ]);
    expect(embed.id).toBe(`letters@${wire.url}`);
  });

  test("of a text that says nothing is all zeros", async () => {
    expect(await vectors(["?!"])).toMatchObject({ ok: true, vectors: [new Float32Array(wire.dimensions)] });
  });

  const spoilt = (spoil: Extract<Trouble, { spoil: unknown }>["spoil"]): Trouble => ({ spoil });
  test.each<[string, Trouble, string, string]>([
    ["an error of the server", { status: 500 }, "server_error", "not today"],
    ["a key that is not let in", { status: 401 }, "unauthorized", "not today"],
    ["too many requests", { status: 429 }, "rate_limited", "not today"],
    ["what is no JSON", { body: '{"data":[{"index":0,"embedding":[NaN]}]}' }, "server_error", ""],
    ["no list", { body: '{"vectors":[]}' }, "bad_answer", "no list of vectors"],
    ["fewer vectors than texts", spoilt((data) => data.slice(1)), "bad_answer", "1 vectors for 2 texts"],
    [
      "a number that is none",
      spoilt((data) => data.map((one) => ({ ...one, embedding: [...one.embedding.slice(1), null] }))),
      "bad_answer",
      "a vector holds what is no number",
    ],
    [
      "vectors of different lengths",
      spoilt((data) => data.map((one) => ({ ...one, embedding: one.embedding.slice(one.index) }))),
      "bad_answer",
      "vectors of different lengths",
    ],
    [
      "two vectors for one text",
      spoilt((data) => data.map((one) => ({ ...one, index: 0 }))),
      "bad_answer",
      "two vectors for text 0",
    ],
    [
      "empty vectors",
      spoilt((data) => data.map((one) => ({ ...one, embedding: [] }))),
      "bad_answer",
      "vectors of 0 numbers",
    ],
    [
      "vectors beyond all measure",
      spoilt((data) => data.map((one) => ({ ...one, embedding: Array(5_000).fill(1) }))),
      "bad_answer",
      "vectors of 5000 numbers",
    ],
    ["more bytes than vectors can have", { body: " ".repeat(5_000_000) }, "too_long", ""],
  ])("%s is an answer that says why, and nothing is thrown", async (_, trouble, why, detail) => {
    wire.trouble = trouble;
    const got = await vectors(["a chair", "a table"]);
    expect(got).toMatchObject({ ok: false, why, detail: expect.stringContaining(detail) });
    expect(JSON.stringify(got)).not.toContain(KEY);
    expect(wire.asked).toHaveLength(1);
  });

  test("a request that is late is aborted upstream, not only given up", async () => {
    wire.trouble = { late_ms: 60_000 };
    expect(await vectors(["a chair"], AbortSignal.timeout(50))).toMatchObject({ ok: false, why: "timeout" });
    await expect.poll(() => wire.asked.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test("a server that is not there is said to be unreachable", async () => {
    const nobody = await openEmbeddings({ base_url: "http://127.0.0.1:9/v1", model: "letters" });
    const signal = AbortSignal.timeout(30_000);
    expect(await nobody.vectors(["a chair"], { signal })).toMatchObject({ ok: false, why: "unreachable" });
  });
});
