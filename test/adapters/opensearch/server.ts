import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { aggregated, type Document, ParsingError, scored } from "./dsl.ts";

/** A server over HTTP that speaks as much of OpenSearch's documented API as is used of it, and refuses anything else. */
export interface SubsetServer {
  /** Without an index; each one that is made is empty. */
  readonly url: string;
  /** How many documents there are in all indices. */
  documents(): number;
  /** Every request from now on waits so long first. */
  delay(ms: number): void;
  close(): Promise<void>;
}

type Index = Map<string, Document>;

export async function subsetServer(login = ""): Promise<SubsetServer> {
  const indices = new Map<string, Index>();
  let delay = 0;
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      const parsing = error instanceof ParsingError;
      reply(response, parsing ? 400 : 500, { error: { type: "parsing_exception", reason: String(error) } });
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    await sleep(delay);
    const expected = login === "" ? undefined : `Basic ${Buffer.from(login).toString("base64")}`;
    if (request.headers.authorization !== expected) return reply(response, 401, { error: "Unauthorized" });
    const url = new URL(request.url ?? "", "http://localhost");
    const [, name = "", action = ""] = url.pathname.split("/");
    const type = String(request.headers["content-type"]);
    if (type !== (action === "_bulk" ? "application/x-ndjson" : "application/json"))
      return reply(response, 406, { error: `Content-Type header [${type}] is not supported` });
    if (request.method === "PUT" && action === "") {
      if (indices.has(name))
        return reply(response, 400, { error: { type: "resource_already_exists_exception" } });
      indices.set(name, new Map());
      return reply(response, 200, { acknowledged: true, index: name });
    }
    const index = indices.get(name);
    if (index === undefined) return reply(response, 404, { error: { type: "index_not_found_exception" } });
    const act = request.method === "POST" ? ACTIONS[action] : undefined;
    if (act === undefined) return reply(response, 405, { error: `${request.method} ${url.pathname}` });
    reply(response, 200, act(index, body));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `opensearch://${login === "" ? "" : `${login}@`}127.0.0.1:${port}`,
    documents: () => [...indices.values()].reduce((sum, index) => sum + index.size, 0),
    delay: (ms) => {
      delay = ms;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const ACTIONS: Readonly<Record<string, (index: Index, body: string) => object>> = {
  _bulk: (index, body) => {
    if (!body.endsWith("\n"))
      throw new ParsingError("The bulk request must be terminated by a newline [\\n]");
    const lines = body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Document);
    for (let at = 0; at < lines.length; at += 2) {
      const { _id } = (lines[at]?.index ?? {}) as { _id?: string };
      if (_id === undefined || Buffer.byteLength(_id) > 512) throw new ParsingError("bad _id");
      index.set(_id, lines[at + 1] ?? {});
    }
    return { errors: false, items: lines.slice(0, lines.length / 2).map(() => ({ index: { status: 201 } })) };
  },
  _delete_by_query: (index, body) => {
    const { query } = JSON.parse(body) as { query: Document };
    const gone = [...index].filter(([, doc]) => scored(query, doc) !== null);
    for (const [id] of gone) index.delete(id);
    return { deleted: gone.length };
  },
  _search: (index, body) => {
    const { query, aggs, size = 10, from = 0, min_score = 0, timeout, ...rest } = JSON.parse(body) as Request;
    const { _source: _fields, track_total_hits: _counted, ...strange } = rest;
    if (Object.keys(strange).length > 0) throw new ParsingError(`unknown key ${Object.keys(strange)}`);
    if (from + size > 10_000) throw new ParsingError("Result window is too large");
    if (!/^\d+ms$/.test(timeout ?? "")) throw new ParsingError(`failed to parse timeout [${timeout}]`);
    const hits = [...index.values()]
      .map((doc) => ({ doc, score: query === undefined ? 1 : scored(query, doc) }))
      .filter((hit): hit is { doc: Document; score: number } => hit.score !== null && hit.score >= min_score)
      .sort((a, b) => b.score - a.score);
    return {
      took: 1,
      timed_out: false,
      hits: {
        total: { value: hits.length, relation: "eq" },
        hits: hits.slice(from, from + size).map(({ doc, score }) => ({ _score: score, _source: doc })),
      },
      ...(aggs === undefined
        ? {}
        : {
            aggregations: aggregated(
              aggs,
              hits.map(({ doc }) => doc),
            ),
          }),
    };
  },
};

interface Request {
  readonly query?: Document;
  readonly aggs?: Readonly<Record<string, Document>>;
  readonly size?: number;
  readonly from?: number;
  readonly min_score?: number;
  readonly timeout?: string;
  readonly _source?: unknown;
  readonly track_total_hits?: unknown;
}
