import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenGateway, openGateway } from "../harness.ts";

let gateway: OpenGateway;

beforeAll(async () => {
  gateway = await openGateway({ PARLEY_PUBLIC_URL: "https://shop.example/bargain" });
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(gateway.url + path, { headers });

async function read<T>(path: string): Promise<T> {
  return (await get(path)).json() as Promise<T>;
}

describe("discovery", () => {
  test("tells who sells here, in what, on what terms, and where to talk", async () => {
    const profile = await read<{ products: number; terms: { delivery: object[] } }>(
      "/.well-known/parley.json",
    );
    expect(profile).toMatchObject({
      protocol: "parley.v1",
      vendor: { id: "maru-lantern", name: { en: "Maru & Lantern" } },
      endpoints: {
        websocket: "wss://shop.example/bargain/v1/ws",
        sessions: "https://shop.example/bargain/v1/sessions",
        jwks: "https://shop.example/bargain/.well-known/jwks.json",
      },
      api_key: "optional",
      languages: ["en", "ko"],
      currencies: ["USD", "KRW"],
      offers: { rounds: 10, minutes: 15 },
    });
    expect(profile.products).toBeGreaterThan(50);
    expect(profile.terms.delivery[0]).toMatchObject({ id: "standard", days_max: 5 });
  });

  test("tells nothing of floors, costs, codes or strategies", async () => {
    const text = await (await get("/.well-known/parley.json")).text();
    expect(text).not.toMatch(/floor|cost_bp|objective|strategy|WELCOME10|approval/i);
  });

  test.each([
    "/.well-known/parley.json",
    "/.well-known/jwks.json",
    "/protocol/schema.json",
    "/protocol/asyncapi.json",
  ])("%s may be read by any page and need not be read twice", async (path) => {
    const first = await get(path, { origin: "https://elsewhere.example" });
    expect(first.headers.get("access-control-allow-origin")).toBe("*");
    expect(first.headers.get("cache-control")).toMatch(/^public, max-age=\d+$/);
    const again = await get(path, { "if-none-match": first.headers.get("etag") ?? "" });
    expect([first.status, again.status, await again.text()]).toEqual([200, 304, ""]);
  });

  test("publishes public halves of keys only", async () => {
    const { keys } = await read<{ keys: object[] }>("/.well-known/jwks.json");
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(Object.keys(key)).not.toContain("d");
  });
});
