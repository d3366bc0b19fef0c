import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { FAULTS } from "../../src/domain/fault.ts";
import { asyncApiDocument } from "../../src/protocol/asyncapi.ts";
import { frameNames, schemaDocument } from "../../src/protocol/schema.ts";
import { replied, said, welcome, worded } from "./scripted.ts";

const document = schemaDocument();
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, keywords: ["x-faults"] });
addFormats.default(ajv);
ajv.addSchema(document, "parley");

function problems(name: string, value: unknown): string[] {
  const check = ajv.getSchema(`parley#/$defs/${name}`);
  if (!check) return [`there is no ${name}`];
  check(JSON.parse(JSON.stringify(value)));
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("the JSON Schema", () => {
  test("takes what a client may send", () => {
    const frames = [
      { type: "hello" },
      { type: "hello", lang: "ko", ship_to: { country: "KR" }, resume: resume },
      { type: "say", id: "1", text: "hi" },
      { type: "say", id: "2", act: { act: "propose", total: 100, terms: { delivery: { days_max: 1 } } } },
      { type: "cancel", id: "3", heard: 4 },
      { type: "ping" },
      { type: "bye" },
    ];
    for (const frame of frames) expect([frame, problems("ClientFrame", frame)]).toEqual([frame, []]);
  });

  test.each([
    ["a misspelt field", { type: "say", id: "1", txt: "hi" }],
    ["neither text nor act", { type: "say", id: "1" }],
    ["both text and act", { type: "say", id: "1", text: "hi", act: { act: "help" } }],
    ["money that is no whole number", { type: "say", id: "1", act: { act: "propose", total: 9.5 } }],
    ["an unknown act", { type: "say", id: "1", act: { act: "beg" } }],
    ["a frame of the other side", welcome(1)],
  ])("refuses %s", (_, frame) => {
    expect(problems("ClientFrame", frame)).not.toEqual([]);
  });

  test("takes what the gateway sends", () => {
    const frames = [
      welcome(1, { secret: "s" }),
      said(2, "a", "hi"),
      replied(3),
      worded(4, 3, "Hello."),
      { type: "ack", id: "a", seq: 2 },
      { type: "fault", code: "queue_full", message: "wait", retry: true, detail: { queued: 16 } },
      { type: "reconnect", after_ms: 10 },
      { type: "resume_failed", reason: "epoch_changed", session: "ses_1", epoch: "e", seq: 4 },
    ];
    for (const frame of frames) expect([frame, problems("ServerFrame", frame)]).toEqual([frame, []]);
  });

  test("names every frame, and what they are made of, once", () => {
    const names = Object.keys(document.$defs as object);
    for (const side of ["client", "server"] as const) {
      for (const name of Object.values(frameNames(side))) expect(names).toContain(name);
    }
    for (const name of ["Act", "Event", "Move", "Offer", "Intent", "Problem", "Opening"]) {
      expect(names).toContain(name);
    }
    expect(JSON.stringify(document).match(/"negotiable"/g)).toHaveLength(2);
  });

  test("carries the table of faults", () => {
    expect(document["x-faults"]).toEqual(FAULTS);
  });

  test("holds nothing of the vendor's limits and reasons", () => {
    expect(JSON.stringify(document)).not.toMatch(/floor|cost_bp|utility|reservation/);
  });
});

describe("the AsyncAPI document", () => {
  const api = asyncApiDocument("https://shop.example/parley/");

  test("resolves every reference it makes", () => {
    const refs = new Set(JSON.stringify(api).match(/(?<="\$ref":")[^"]+/g));
    expect(refs.size).toBeGreaterThan(60);
    for (const ref of refs) expect([ref, typeof at(api, ref)]).toEqual([ref, "object"]);
  });

  test("has one operation for each direction, with every frame of that side", () => {
    const operations = api.operations as Record<string, { action: string; messages: { $ref: string }[] }>;
    const names = (action: string) =>
      Object.values(operations)
        .filter((operation) => operation.action === action)
        .flatMap(({ messages }) => messages.map(({ $ref }) => $ref.split("/").at(-1)));
    expect(names("receive")).toEqual(Object.keys(frameNames("client")));
    expect(names("send")).toEqual(Object.keys(frameNames("server")));
  });

  test("names the server only where its address is known", () => {
    expect(api.servers).toEqual({ gateway: { host: "shop.example", protocol: "wss", pathname: "/parley" } });
    expect(asyncApiDocument()).not.toHaveProperty("servers");
  });
});

const resume = { session: "ses_1", secret: "s", epoch: "e", seq: 3 };

function at(document: unknown, ref: string): unknown {
  return ref
    .slice(2)
    .split("/")
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document);
}
