import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

/** What the server does instead of answering well. */
export type Trouble =
  | { readonly status: number }
  /** The whole body, as it stands. */
  | { readonly body: string }
  | { readonly late_ms: number }
  /** Something is done to a good answer. */
  | { readonly spoil: (data: Item[]) => unknown };

export interface Item {
  object: "embedding";
  index: number;
  embedding: unknown[];
}

export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly model: string; readonly input: readonly string[] } & Record<string, unknown>;
  /** Whether the client went before it had its answer. */
  aborted: boolean;
}

export interface EmbeddingsWire {
  /** Base URL as a client takes it. */
  readonly url: string;
  readonly asked: Asked[];
  dimensions: number;
  trouble: Trouble | null;
  close(): Promise<void>;
}

/** A server with OpenAI's `/embeddings` on 127.0.0.1; its vectors are of runs of letters: what is spelt alike lies alike. */
export async function startEmbeddings(dimensions = 256): Promise<EmbeddingsWire> {
  const asked: Asked[] = [];
  const wire = { asked, dimensions, trouble: null as Trouble | null };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked["body"];
    const one: Asked = { headers: request.headers, body, aborted: false };
    asked.push(one);
    response.on("close", () => {
      one.aborted = !response.writableFinished;
    });
    const { trouble } = wire;
    if (trouble && "late_ms" in trouble) await setTimeout(trouble.late_ms);
    if (trouble && "status" in trouble) {
      response.writeHead(trouble.status, { "content-type": "application/json" });
      return void response.end(JSON.stringify({ error: { message: "not today", type: "server_error" } }));
    }
    response.setHeader("content-type", "application/json");
    if (trouble && "body" in trouble) return void response.end(trouble.body);
    // The client goes by the index, so the order of the list says nothing.
    const data = body.input
      .map(
        (text, index): Item => ({ object: "embedding", index, embedding: vectorOf(text, wire.dimensions) }),
      )
      .reverse();
    const list = trouble && "spoil" in trouble ? trouble.spoil(data) : data;
    const usage = { prompt_tokens: 1, total_tokens: 1 };
    response.end(JSON.stringify({ object: "list", data: list, model: body.model, usage }));
  });
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  const { port } = server.address() as AddressInfo;
  return Object.assign(wire, {
    url: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  });
}

/** How often each run of three letters stands in the words, hashed into as many places (FNV-1a). */
function vectorOf(text: string, dimensions: number): number[] {
  const numbers = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const letters = [..."^", ...word, ..."$"];
    for (let at = 0; at + 3 <= letters.length; at++) {
      let hash = 0x811c9dc5;
      for (const letter of letters.slice(at, at + 3))
        hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
      const place = hash % dimensions;
      numbers[place] = (numbers[place] ?? 0) + 1;
    }
  }
  return numbers;
}
