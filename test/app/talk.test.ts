import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningGateway, startGateway } from "../harness.ts";

const MAIN = resolve(import.meta.dirname, "../../src/app/main.ts");
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

/** What the terminal shows when these lines are typed one after another. */
function talk(
  lines: readonly string[],
  env: Record<string, string> = {},
  more: readonly string[] = [],
): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [MAIN, "talk", "--url", gateway.ws, ...more], {
      env: { ...process.env, LC_ALL: "C", ...env },
    });
    let shown = "";
    child.stdout.on("data", (chunk) => {
      shown += chunk;
    });
    child.once("exit", (code) => (code === 0 ? done(shown) : failed(new Error(`exit ${code}\n${shown}`))));
    child.stdin.end(`${lines.join("\n")}\n`);
  });
}

test("a person buys with free words and /accept, and the order's signature is verified", async () => {
  const shown = await talk([
    "Can I have 2 of the B1 wireless headset?",
    "/accept 4",
    "/offers",
    "/accept 1",
    "Ship to Ana Price, 1 Main Street, Chicago, IL 60601, US. The bill goes to Ana Price, ana@price.example",
    "I would like 2 of the B1 wireless headset",
    "/accept 1",
    "What is the status of my order?",
    "What is the status of my order?",
    "/offers",
    "/quit",
  ]);
  expect(shown).toMatch(/1\. \$\d+\.\d\d all in\n\s+2 × Sorae Call B1 Wireless Headset/);
  expect(shown).toContain("There is no such offer");
  expect(shown).toContain("(order_details_missing)\nSay the name and full address");
  expect(shown).toContain("There are no open offers.");
  expect(shown.match(/the signature was verified/g)).toHaveLength(1);
});

test("tells its usage", async () => {
  expect(await talk(["/quit"], {}, ["--help"])).toMatch(/^usage: parley talk \[options\]\n/);
});

test("speaks Korean in a Korean locale", async () => {
  const shown = await talk(["안녕하세요", "/help"], { LC_ALL: "ko_KR.UTF-8" });
  expect(shown).toContain("마루앤랜턴이에요");
  expect(shown.match(/\/accept 1 제안 수락/g)).toHaveLength(2);
});

test("ends by itself when the input does", async () => {
  expect(await talk(["hello"])).toContain("> hello");
});
