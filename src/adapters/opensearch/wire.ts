import { z } from "zod";
import { Fault } from "../../domain/fault.ts";

/** A request that was answered with 2xx gives its body; any other throws Fault `unavailable`, an abort its own error. */
export type Call = (
  method: "PUT" | "POST",
  path: string,
  body: object | string,
  signal?: AbortSignal,
) => Promise<unknown>;

/** What a search answers, as far as it is used. */
export const Answer = z.object({
  timed_out: z.boolean(),
  hits: z.object({
    total: z.object({ value: z.number() }).optional(),
    hits: z.array(
      z.object({ _source: z.object({ sku: z.string().optional(), columns: z.array(z.string()) }) }),
    ),
  }),
  aggregations: z
    .record(
      z.string(),
      z.object({
        value: z.number().nullable().optional(),
        buckets: z.array(z.object({ key: z.string().optional(), doc_count: z.number() })).optional(),
      }),
    )
    .optional(),
});
export type Answer = z.infer<typeof Answer>;

/** What a bulk request answers. */
export const Bulk = z.object({
  errors: z.boolean(),
  items: z.array(z.record(z.string(), z.object({ error: z.object({ reason: z.string() }).optional() }))),
});

/**
 * Calls an index at `opensearch://user:password@host:port/index`, over TLS with `opensearchs`. Elasticsearch answers the
 * same requests.
 */
export function callsTo(url: string): Call {
  const place = new URL(url);
  const base = `${place.protocol === "opensearchs:" ? "https" : "http"}://${place.host}`;
  const index = place.pathname.replace(/^\/+|\/+$/g, "") || "parley";
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(index))
    throw new Fault("bad_config", `${index} is no name of an index: lower-case letters, digits, . _ - only`);
  const login = `${decodeURIComponent(place.username)}:${decodeURIComponent(place.password)}`;
  const authorization =
    login === ":" ? {} : { authorization: `Basic ${Buffer.from(login).toString("base64")}` };

  return async (method, path, body, signal) => {
    const lines = typeof body === "string";
    const response = await fetch(`${base}/${index}${path}`, {
      method,
      headers: { "content-type": lines ? "application/x-ndjson" : "application/json", ...authorization },
      body: lines ? body : JSON.stringify(body),
      signal: signal ?? null,
    }).catch((cause: unknown) => {
      if (signal?.aborted) throw cause;
      throw new Fault("unavailable", `the search engine at ${place.host} cannot be reached`, { cause });
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    const cause = new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    throw new Fault("unavailable", `the search engine at ${place.host} answered ${response.status}`, {
      cause,
    });
  };
}
