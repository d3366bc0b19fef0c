import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningGateway, startGateway } from "../harness.ts";
import { inBrowser, problemsOf } from "./browser.ts";

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(gateway.url + path, { headers });

describe("the pages", () => {
  test("carry a policy that lets no inline script or style run, and no string become one", async () => {
    for (const path of ["/", "/console"]) {
      const answer = await get(path);
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toContain("unsafe");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      const html = await answer.text();
      expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|\sstyle=/);
    }
  });

  test("name scripts by their content, which is then kept for good and checked by its digest", async () => {
    const html = await (await get("/")).text();
    const tags = [...html.matchAll(/(?:src|href)="([^"]+)" integrity="([^"]+)"/g)];
    expect(tags.length).toBe(3);
    for (const [, path = "", integrity] of tags) {
      const answer = await get(path);
      expect(answer.headers.get("cache-control")).toContain("immutable");
      const digest = createHash("sha384").update(Buffer.from(await answer.arrayBuffer()));
      expect(`sha384-${digest.digest("base64")}`).toBe(integrity);
    }
    expect((await get("/")).headers.get("cache-control")).toBe("no-cache");
  });

  test("are not sent again to who has them", async () => {
    const etag = (await get("/")).headers.get("etag") ?? "";
    const again = await get("/", { "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("tell any site where the chat element is and what its digest is; a version that is gone says so", async () => {
    const told = await get("/widget/version.json", { origin: "https://shop.example" });
    expect(told.headers.get("access-control-allow-origin")).toBe("*");
    const { script, integrity } = (await told.json()) as { script: string; integrity: string };
    expect(script).toMatch(/^\/widget\/\d+\.\d+\.\d+-[0-9a-f]{10}\/parley-chat\.js$/);
    expect(integrity).toMatch(/^sha384-/);
    const file = await get(script, { origin: "https://shop.example" });
    expect(file.headers.get("access-control-allow-origin")).toBe("*");
    const gone = await get("/widget/0.0.1-0000000000/parley-chat.js");
    expect(gone.status).toBe(404);
    expect(await gone.json()).toMatchObject({ code: "not_found" });
  });
});

inBrowser("the pages in a browser", ({ page }) => {
  test("load whole under their own policy", async () => {
    const opened = await page();
    for (const path of ["/", "/console"]) {
      await opened.goto(gateway.url + path);
      await opened.waitForLoadState("networkidle");
    }
    expect(problemsOf(opened)).toEqual([]);
  });
});
