import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { idsOf, loaded, product, searched } from "../../contracts/knowledge.ts";
import { type EmbeddingsWire, startEmbeddings } from "../../wire/embeddings.ts";
import { type VectorBase, vectorBase } from "./knowledge.ts";

const wire: EmbeddingsWire = await startEmbeddings(256);
afterAll(() => wire.close());

const shelf = Array.from({ length: 40 }, (_, at) => product(`P-${at}`, `Thing number ${at} of the shelf`));

describe("vectors of products", () => {
  let base: VectorBase;
  beforeEach(async () => {
    base = await vectorBase(wire);
    await loaded(base, shelf);
    wire.asked.length = 0;
  });
  afterEach(async () => {
    wire.trouble = null;
    wire.dimensions = 256;
    await base.close();
  });

  /** Texts a vector was asked for, but for the one by which the model is looked at first. */
  const texts = () => wire.asked.slice(1).flatMap(({ body }) => body.input);
  const kept = () => base.db.prepare("SELECT count(*) AS n, max(length(numbers)) AS bytes FROM vector").get();

  test("are made once, each of its dimensions in float32, with the name of their model", async () => {
    expect(kept()).toEqual({ n: 40, bytes: 256 * 4 });
    expect(base.db.prepare("SELECT * FROM vector_space").all()).toEqual([
      { model: `letters@${wire.url}`, dimensions: 256 },
    ]);
    expect(await base.fill()).toEqual({ made: 0, reused: 0, missing: 0, problem: null });
    expect(texts()).toEqual([]);
  });

  test("of a changed product alone are made anew; one with another price only takes its own over", async () => {
    const [first, second, ...rest] = shelf;
    await loaded(base, [
      ...rest,
      { ...product("P-0", "Thing that is called otherwise") },
      { ...product("P-1", "Thing number 1 of the shelf"), price: { USD: 5 } },
    ]);
    expect([first?.id, second?.id]).toEqual(["P-0", "P-1"]);
    expect(texts()).toEqual(["Thing that is called otherwise\nother"]);
    expect(kept()).toMatchObject({ n: 40 });
  });

  test("of what is no longer sold are gone", async () => {
    await loaded(base, shelf.slice(0, 10));
    expect(kept()).toMatchObject({ n: 10 });
    expect(texts()).toEqual([]);
  });

  test("by another model, or of another length, replace all there were", async () => {
    expect(await base.fill("other")).toMatchObject({ made: 40, reused: 0 });
    expect(base.db.prepare("SELECT model FROM vector_space").get()).toEqual({ model: `other@${wire.url}` });
    // What this search asks in is no longer the space that is kept: it goes by words, and says why.
    expect(idsOf(await searched(base, "thing of the shelf"))).toHaveLength(10);
    expect(base.said).toEqual([
      expect.stringMatching(/^nearest vectors of 256 numbers by letters@.* by other@.* are kept$/),
    ]);
    wire.dimensions = 32;
    expect(await base.fill("other")).toMatchObject({ made: 40 });
    expect(kept()).toEqual({ n: 40, bytes: 32 * 4 });
  });

  test("that a server fails to make are missing until it makes them; a bad answer costs its own only", async () => {
    base.db.exec("DELETE FROM vector");
    wire.trouble = { status: 500 };
    expect(await base.fill()).toEqual({
      ...{ made: 0, reused: 0, missing: 40 },
      problem: expect.stringContaining("server_error"),
    });
    const isFirstBatch = (data: readonly unknown[]) => data.length === 32;
    wire.trouble = { spoil: (data) => (isFirstBatch(data) ? [] : data) };
    expect(await base.fill()).toEqual({
      ...{ made: 8, reused: 0, missing: 32 },
      problem: "bad_answer: 0 vectors for 32 texts",
    });
    wire.trouble = null;
    expect(await base.fill()).toEqual({ made: 32, reused: 0, missing: 0, problem: null });
  });

  test("are found by a search that runs already", async () => {
    const lamp = product("L-1", "Luminairesque dimmability", { category: "lights" });
    expect(idsOf(await searched(base, "thing number 7"))[0]).toBe("P-7");
    await loaded(
      base,
      [lamp, product("L-2", "Lamp, both luminaire and dimmable, sold with a shade, a bulb and a plug")],
      "lamps",
    );
    expect(idsOf(await searched(base, "luminaire dimmable"))).toEqual(["L-2", "L-1"]);
  });
});
