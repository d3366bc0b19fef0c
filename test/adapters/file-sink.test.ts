import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fileSink } from "../../src/adapters/file-sink.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-sink-"));
afterAll(() => rmSync(folder, { recursive: true }));

const item = (id: string) => ({
  ...{ id, sink: "file", topic: "order.bound", body: '{"intent":"i"}' },
  ...{ attempts: 0, due_at: "" },
});

test("a file that could not be opened is opened by the next delivery, and is no hindrance to a stop", async () => {
  const path = join(folder, "later", "orders.jsonl");
  const sink = fileSink(path);
  await expect(sink.deliver(item("one"))).rejects.toThrow("ENOENT");
  await sink.close();
  mkdirSync(join(folder, "later"));
  expect(await sink.deliver(item("one"))).toEqual({ outcome: "delivered" });
  await sink.close();
  expect(readFileSync(path, "utf8")).toBe('{"id":"one","topic":"order.bound","data":{"intent":"i"}}\n');
});

test("an order stands on a line of its own, also behind what a crash left of another", async () => {
  const path = join(folder, "torn.jsonl");
  writeFileSync(path, '{"id":"torn","topic":"order.bo');
  const sink = fileSink(path);
  await sink.deliver(item("whole"));
  await sink.close();
  const lines = readFileSync(path, "utf8").split("\n");
  expect(lines.slice(1)).toEqual(['{"id":"whole","topic":"order.bound","data":{"intent":"i"}}', ""]);
});

test("what was forgotten is not written while it may be on its way, and not remembered for longer", async () => {
  const path = join(folder, "forgotten.jsonl");
  let now = 0;
  const sink = fileSink(path, () => now);
  await sink.deliver({ ...item("one"), body: JSON.stringify({ intent: "x".repeat(100) }) });
  await sink.forget(["one", "two"]);
  await sink.deliver(item("two"));
  expect(readFileSync(path, "utf8")).toContain('"erased":true');
  expect(readFileSync(path, "utf8")).not.toContain('"two"');
  now = 3_600_000;
  await sink.forget(["three"]);
  // Nothing is on its way for an hour: only a name that is not kept any more is written.
  await sink.deliver(item("two"));
  await sink.close();
  expect(readFileSync(path, "utf8")).toContain('"two"');
});
