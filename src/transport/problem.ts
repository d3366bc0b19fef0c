import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { FAULTS, type Fault } from "../domain/fault.ts";
import type { Problem } from "../protocol/bodies.ts";

/** A fault as `application/problem+json` (RFC 9457). */
export function problem(c: Context, fault: Fault): Response {
  const { status, headers, body } = problemOf(fault);
  return c.body(body, status as ContentfulStatusCode, headers);
}

/** The same where no context answers. */
export function problemOf({ code, message, detail }: Fault) {
  const { http: status, retry } = FAULTS[code];
  const body: Problem = {
    type: `urn:parley:fault:${code}`,
    title: code.replaceAll("_", " "),
    ...{ status, code, detail: message, retry },
    ...(detail ? { about: detail } : {}),
  };
  const wait = detail?.retry_after_ms;
  const headers = {
    "content-type": "application/problem+json",
    ...(typeof wait === "number" ? { "retry-after": String(Math.ceil(wait / 1_000)) } : {}),
  };
  return { status, headers, body: JSON.stringify(body) };
}

/** The token of `Authorization: Bearer` (RFC 6750), if there is one. */
export function bearer(c: Context): string | undefined {
  const match = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "");
  return match?.[1];
}
