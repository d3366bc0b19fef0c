import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { chatEvents, chatWhole } from "./chat.ts";
import type { Refused } from "./request.ts";
import { responsesEvents, responsesWhole } from "./responses.ts";
import { type Asked, piecesOf, type Step, textOf } from "./script.ts";

const PIECE = 12;
const cuts = new WeakSet<ServerResponse>();

/** Whether the script ended this connection, not the client. */
export function isCut(response: ServerResponse): boolean {
  return cuts.has(response);
}

/** Does with one request what its step says. Returns when nothing more will be written. */
export async function play(asked: Asked, step: Step, response: ServerResponse): Promise<void> {
  if (step.first_ms) await sleep(step.first_ms);
  if (step.stall === "request") return;
  if (step.cut === "request") return cut(response);
  if (step.status !== undefined && step.status >= 400) return refuse(response, errorOf(asked, step), step);
  if (step.garble === "html") return garbled(response, "text/html", "<html><body>Bad gateway</body></html>");
  if (asked.stream) return stream(asked, step, response);
  if (step.garble !== undefined)
    return garbled(response, "application/json", '{"id": "x", "choices": [{"ind');
  if (typeof step.stall === "number") return;
  const whole = asked.api === "chat" ? chatWhole(asked, step) : responsesWhole(asked, step);
  const text = JSON.stringify(step.error_event ? { error: step.error_event } : whole);
  response.writeHead(step.error_event ? 500 : 200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "x-request-id": `req_${asked.n}`,
    ...step.headers,
  });
  if (step.cut === undefined) return void response.end(text);
  response.write(text.slice(0, text.length >> 1), () => cut(response));
}

export function refuse(response: ServerResponse, refused: Refused, step: Step = {}): void {
  const { status, message, type, param, code } = refused;
  const body = step.body ?? { error: { message, type, param, code } };
  response.writeHead(status, { "content-type": "application/json", ...step.headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function stream(asked: Asked, step: Step, response: ServerResponse): Promise<void> {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
    "x-request-id": `req_${asked.n}`,
    ...step.headers,
  });
  const pieces = piecesOf(step.refusal ?? textOf(step), step.piece ?? PIECE);
  const events = framesOf(asked, step.cut === "end" ? { ...step, usage: false } : step, pieces);
  if (step.cut === "end") events.pop();
  const halt = haltOf(step);
  let said = 0;
  for (const { frame, speaks } of events) {
    if (halt !== null && said >= halt) break;
    if (speaks && step.every_ms && said > 0) await sleep(step.every_ms);
    if (response.destroyed) return;
    if (!response.write(frame)) await room(response);
    if (speaks) said += 1;
  }
  if (step.error_event) response.write(errorFrame(asked, step.error_event));
  else if (step.garble) response.write('data: {"id": "x", "choi\n\n');
  if (typeof step.stall === "number") return;
  // What was written must have left before the socket goes.
  if (step.cut !== undefined) return void response.write("\n", () => cut(response));
  response.end();
}

/** Waits until more may be written, or nobody reads any more. */
async function room(response: ServerResponse): Promise<void> {
  const heard = new AbortController();
  const { signal } = heard;
  // Whichever comes, the other listener goes; `once` rejects then, and that is meant.
  await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]).catch(
    () => {},
  );
  heard.abort();
}

/** After how many pieces the stream goes another way. */
function haltOf(step: Step): number | null {
  if (typeof step.cut === "number") return step.cut;
  if (typeof step.stall === "number") return step.stall;
  return step.garble || step.error_event ? 1 : null;
}

function framesOf(asked: Asked, step: Step, pieces: readonly string[]): { frame: string; speaks: boolean }[] {
  if (asked.api === "chat")
    return chatEvents(asked, step, pieces).map((data, n) => ({
      frame: `data: ${data}\n\n`,
      speaks: n > 0 && n <= pieces.length,
    }));
  return responsesEvents(asked, step, pieces).map((event) => ({
    frame: `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
    speaks: String(event.type).endsWith(".delta"),
  }));
}

function errorFrame(asked: Asked, error: { message: string; code: string }): string {
  if (asked.api === "chat")
    return `data: ${JSON.stringify({ error: { ...error, type: "server_error", param: null } })}\n\n`;
  return `event: error\ndata: ${JSON.stringify({ type: "error", ...error, param: null, sequence_number: 9 })}\n\n`;
}

function errorOf(asked: Asked, step: Step): Refused {
  const status = step.status ?? 500;
  if (status === 401) {
    // OpenAI masks the key; others repeat it, which is the case worth testing.
    const key = String(asked.headers.authorization ?? "").replace(/^Bearer /, "");
    const message = `Incorrect API key provided: ${key}. You can find your API key at the provider's site.`;
    return { status, message, type: "invalid_request_error", param: null, code: "invalid_api_key" };
  }
  if (status === 429)
    return {
      status,
      message: "Rate limit reached for requests",
      type: "requests",
      param: null,
      code: "rate_limit_exceeded",
    };
  if (status === 404)
    return {
      status,
      message: `The model '${asked.model}' does not exist`,
      type: "invalid_request_error",
      param: null,
      code: "model_not_found",
    };
  if (status < 500)
    return {
      status,
      message: "The request was refused",
      type: "invalid_request_error",
      param: null,
      code: null,
    };
  return {
    status,
    message: "The server had an error while processing your request",
    type: "server_error",
    param: null,
    code: null,
  };
}

function garbled(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { "content-type": type });
  response.end(text);
}

function cut(response: ServerResponse): void {
  cuts.add(response);
  response.destroy();
}
