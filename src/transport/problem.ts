import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { FAULTS, type Fault } from "../domain/fault.ts";

/** A fault as `application/problem+json` (RFC 9457). */
export function problem(c: Context, fault: Fault): Response {
  const { http, retry } = FAULTS[fault.code];
  const wait = fault.detail?.retry_after_ms;
  if (typeof wait === "number") c.header("retry-after", String(Math.ceil(wait / 1_000)));
  return c.body(
    JSON.stringify({
      type: `urn:parley:fault:${fault.code}`,
      title: fault.code.replaceAll("_", " "),
      status: http,
      code: fault.code,
      detail: fault.message,
      retry,
      ...(fault.detail ? { about: fault.detail } : {}),
    }),
    http as ContentfulStatusCode,
    { "content-type": "application/problem+json" },
  );
}

/** The token of `Authorization: Bearer` (RFC 6750), if there is one. */
export function bearer(c: Context): string | undefined {
  const match = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "");
  return match?.[1];
}
