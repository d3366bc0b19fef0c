import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openAudit } from "../../src/app/audit-home.ts";

const home = mkdtempSync(join(tmpdir(), "parley-lock-"));
afterAll(() => rmSync(home, { recursive: true }));

test("of all processes of a home one at a time makes a checkpoint, and one that died holds up nobody", async () => {
  const { locked } = await openAudit(home);
  const inner = locked(() => locked(async () => "never"));
  await expect(inner).rejects.toMatchObject({ code: "bad_config" });
  await expect(locked(async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await locked(async () => "done")).toBe("done");

  const holding = `
    const { openAudit } = await import(${JSON.stringify(import.meta.resolve("../../src/app/audit-home.ts"))});
    const { locked } = await openAudit(${JSON.stringify(home)});
    await locked(() => new Promise((never) => { console.log("held"); setTimeout(never, 1e9); }));`;
  const other = spawn(process.execPath, ["--input-type=module", "-e", holding]);
  await once(other.stdout, "data");
  await expect(locked(async () => "never")).rejects.toMatchObject({ code: "bad_config" });
  other.kill("SIGKILL");
  await once(other, "exit");
  expect(await locked(async () => "done")).toBe("done");
});

test("a receipt is no checkpoint, and neither is an order", async () => {
  const { signs } = await openAudit(home);
  const jws = await signs.erasures.sign("{}");
  expect(await signs.erasures.verify(jws)).toBe("{}");
  expect(await signs.checkpoints.verify(jws)).toBeNull();
});
