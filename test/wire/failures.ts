import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { NoAnswer } from "../../src/domain/question.ts";
import { Step } from "./script.ts";
import { startWire, type Wire, type WireOptions } from "./server.ts";

const Outcome = z.union([z.literal("answered"), NoAnswer]);

/** One way in which a provider fails, and what it must come to. */
export const Failure = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]+$/),
  /** What the server does; or where there is no server at all. */
  script: z.union([z.array(Step).min(1), z.enum(["closed_port", "no_such_host"])]),
  /** What the model's adapter says; `answered` where only the schema or the verification can object. */
  adapter: Outcome,
  /** The same through LangChain, where its library loses what the provider said. */
  langchain: Outcome.optional(),
  /** What the question comes to after retries, repair and the house's checks. */
  why: Outcome,
  /** Whether the same request may be sent again within the same question. */
  retryable: z.boolean(),
  /** Milliseconds the provider asked to wait. */
  retry_after_ms: z.int().optional(),
  /** Ends only with a deadline: give it a short one. */
  waits: z.boolean().default(false),
  /** Shows only when the answer is streamed, or only when it is not. */
  only: z.enum(["stream", "whole"]).optional(),
});
export type Failure = z.infer<typeof Failure>;

const FILE = resolve(import.meta.dirname, "../../fixtures/wire/failures.yaml");

/** The table of provider failures: fixtures/wire/failures.yaml. */
export function failures(): Failure[] {
  return z.array(Failure).parse(parse(readFileSync(FILE, "utf8")));
}

/** Somewhere that fails so. `wire` is null where nothing listens. */
export async function startFailing(
  failure: Failure,
  options?: WireOptions,
): Promise<{ url: string; wire: Wire | null; close(): Promise<void> }> {
  if (failure.script === "no_such_host")
    return { url: "http://no-such-host.invalid/v1", wire: null, close: async () => {} };
  if (failure.script === "closed_port")
    return { url: `http://127.0.0.1:${await closedPort()}/v1`, wire: null, close: async () => {} };
  const wire = await startWire(failure.script, options);
  return { url: wire.url, wire, close: () => wire.close() };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
