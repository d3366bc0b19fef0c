import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DETAILS, GOALS } from "../../src/app/goals.ts";
import { haggle } from "../../src/app/haggle.ts";
import type { Intent } from "../../src/domain/intents/index.ts";
import type { Offer } from "../../src/domain/offer.ts";
import { Address, Payer } from "../../src/domain/order.ts";
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

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function buyer(...args: string[]): Promise<Ran> {
  return new Promise((done) =>
    execFile(process.execPath, [MAIN, "buyer", ...args], (error, out, err) =>
      done({ code: Number(error?.code ?? 0), out, err }),
    ),
  );
}

interface Told {
  readonly goal: string;
  readonly step: string;
  readonly intent?: Intent;
  readonly offer?: Offer;
  readonly act?: { total: number; lines: [{ quantity: number }] };
  readonly round?: { n: number; of: number };
}

describe("the example buyer", () => {
  test.each(["USD", "KRW"])(
    "runs its errands in %s: three bought within budget, one left",
    async (currency) => {
      const { code, out, err } = await buyer("--url", gateway.ws, "--json", "--currency", currency);
      expect([code, err]).toEqual([0, ""]);
      const told: Told[] = out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const orders = told.filter(({ step }) => step === "order");
      expect(orders.map(({ goal }) => goal)).toEqual(["chairs", "headsets", "coffee"]);
      for (const { goal, intent } of orders) {
        const budget = GOALS.find(({ name }) => name === goal)?.unit[currency]?.budget ?? 0;
        const units = intent?.lines.reduce((sum, line) => sum + (line.gift ? 0 : line.quantity), 0) ?? 0;
        expect(intent?.totals.total).toBeLessThanOrEqual(budget * units);
        expect(intent?.currency).toBe(currency);
      }
      expect(told.filter(({ step }) => step === "leave").map(({ goal }) => goal)).toEqual(["impossible"]);
      for (const { round } of told) if (round) expect(round.n).toBeLessThanOrEqual(round.of);
    },
  );

  test("tells people what it does, without colour when it is not read by a terminal", async () => {
    const { code, out } = await buyer("--url", gateway.ws, "--goal", "coffee");
    expect(code).toBe(0);
    expect(out).toContain("Coffee beans for the office, every month");
    expect(out).toMatch(/propose 5 × CB-HSE-1K for \$117\.50 all in/);
    expect(out).toContain("signature verified");
    expect(out).not.toContain("\u001b[");
  });

  test("says how to start a gateway when none answers, and names options it does not know", async () => {
    const nobody = await buyer("--url", "ws://127.0.0.1:9/v1/ws");
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining("npm start")]);
    const unknown = await buyer("--gaol", "1");
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("--gaol")]);
    expect(unknown.err).not.toContain("    at ");
  });
});

describe("its way of bargaining", () => {
  const [chairs] = GOALS;
  if (!chairs) throw new Error("there are no goals");

  test("asks for its target first and for its budget last, never for more", () => {
    const asked = Array.from({ length: 10 }, (_, step) => {
      const next = haggle(chairs, "CH-1", "USD", step, step === 0 ? null : told(step));
      return next.does === "propose" ? (next.act.total ?? 0) / 2 : null;
    });
    expect(asked[0]).toBe(chairs.unit.USD?.target);
    expect(asked[9]).toBe(chairs.unit.USD?.budget);
    expect(asked).toEqual(asked.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
  });

  test("stops after the last announced round", () => {
    expect(haggle(chairs, "CH-1", "USD", 10, told(10))).toMatchObject({ does: "leave" });
  });

  test("sends a full address and somebody who pays", () => {
    for (const { ship_to, payer } of Object.values(DETAILS)) {
      expect([Address.safeParse(ship_to).success, Payer.safeParse(payer).success]).toEqual([true, true]);
    }
  });

  function told(n: number) {
    const nothing = {
      reasons: [],
      answers: [],
      results: [],
      offers: [],
      intents: [],
      choices: [],
      citations: [],
    };
    const none = { proposal: null, readback: null, ask: null };
    return { act: "counter" as const, ...nothing, ...none, round: { n, of: 10 } };
  }
});
