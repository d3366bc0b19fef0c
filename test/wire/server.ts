import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isCut, play, refuse } from "./play.ts";
import { type Refused, readRequest, type Unknown } from "./request.ts";
import { type Script, stepFor } from "./script.ts";

/** One request as it came, refused or not. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether the client went before it had the whole answer; false while it is under way. */
  aborted: boolean;
  /** When the connection is done with it: `answered` in full, `aborted` by the client, `cut` by the script. */
  readonly ended: Promise<"answered" | "aborted" | "cut">;
}

export interface Wire {
  /** Base URL as a client takes it: `http://127.0.0.1:<port>/v1`. */
  readonly url: string;
  readonly requests: readonly Received[];
  /** Another script from here on; counting starts again. */
  script(script: Script): void;
  /** The next request that comes. */
  next(): Promise<Received>;
  close(): Promise<void>;
}

export interface WireOptions {
  /** The only key that is let in; any when absent. */
  readonly key?: string;
  /** What this server answers 400 to, as many compatible servers do. */
  readonly unknown?: readonly Unknown[];
  readonly port?: number;
}

const BODY_BYTES = 4_194_304;
const KEPT = 20_000;

/** A server that speaks the OpenAI wire on 127.0.0.1 and answers as its script says. */
export async function startWire(script: Script, options: WireOptions = {}): Promise<Wire> {
  const requests: Received[] = [];
  const waiting: ((received: Received) => void)[] = [];
  let current = script;
  let counted = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? "/", "http://wire").pathname;
    if (path === "/requests") return void tell(requests, request, response);
    if (path === "/v1/models" && request.method === "GET") return void models(response);
    const api = path === "/v1/chat/completions" ? "chat" : path === "/v1/responses" ? "responses" : null;
    if (api === null || request.method !== "POST")
      return void refuse(response, notFound(request.method, path));
    const body = await bodyOf(request);
    const received = record(path, request, response, body);
    requests.push(received);
    if (requests.length > KEPT) requests.shift();
    for (const take of waiting.splice(0)) take(received);
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`)
      return void refuse(response, badKey(request));
    const asked = readRequest(api, body, request.headers, counted + 1, options.unknown ?? []);
    if ("status" in asked) return void refuse(response, asked);
    counted += 1;
    await play(asked, await stepFor(current, asked), response);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A script that throws is a mistake in the test: it must be seen, not taken for a provider's failure.
      process.emitWarning(`wire script failed: ${String(error)}`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    script: (next) => {
      current = next;
      counted = 0;
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function record(path: string, request: IncomingMessage, response: ServerResponse, body: unknown): Received {
  const received: Received = {
    path,
    headers: request.headers,
    body: (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>,
    aborted: false,
    ended: new Promise((resolve) => {
      response.once("close", () => {
        const left = response.writableFinished ? "answered" : isCut(response) ? "cut" : "aborted";
        received.aborted = left === "aborted";
        resolve(left);
      });
    }),
  };
  return received;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > BODY_BYTES) return null;
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return null;
  }
}

function models(response: ServerResponse): void {
  const data = [{ id: "wire-model", object: "model", created: 1_760_000_000, owned_by: "wire" }];
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ object: "list", data }));
}

/** For another process: every request so far, which a DELETE forgets. */
function tell(requests: Received[], request: IncomingMessage, response: ServerResponse): void {
  if (request.method === "DELETE") requests.length = 0;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(requests.map(({ path, body, aborted }) => ({ path, body, aborted }))));
}

function notFound(method: string | undefined, path: string): Refused {
  const message = `Invalid URL (${method} ${path})`;
  return { status: 404, message, type: "invalid_request_error", param: null, code: null };
}

function badKey(request: IncomingMessage): Refused {
  const given = String(request.headers.authorization ?? "").replace(/^Bearer /, "");
  const message = `Incorrect API key provided: ${given}.`;
  return { status: 401, message, type: "invalid_request_error", param: null, code: "invalid_api_key" };
}
