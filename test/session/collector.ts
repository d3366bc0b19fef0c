import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

/** A span as it was received. Ids are hexadecimal; a parent of "" is none. */
export interface Received {
  readonly trace: string;
  readonly id: string;
  readonly parent: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** 2 is an error. */
  readonly status: number;
  readonly begin: bigint;
  readonly end: bigint;
  /** Of the resource. */
  readonly service: unknown;
}

export interface Collector {
  readonly endpoint: string;
  readonly spans: readonly Received[];
  /** Everything that came, as it came. */
  readonly bytes: readonly Buffer[];
  /** Resolves once such a span has come. */
  until(fits: (span: Received) => boolean): Promise<Received>;
  close(): Promise<void>;
}

/** How a collector answers; `null` never. */
type Answer = (response: ServerResponse) => void;

/**
 * A collector of traces on 127.0.0.1: OTLP/HTTP, protobuf, read here by the wire format alone (opentelemetry-proto 1.x,
 * trace.proto), so that it shares no code with what sends.
 */
export async function startCollector(
  answer: Answer = (response) => response.end(),
  port = 0,
): Promise<Collector> {
  const spans: Received[] = [];
  const bytes: Buffer[] = [];
  let wake = () => {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const sent = Buffer.concat(chunks);
      const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
      if (request.url !== "/v1/traces" || request.headers["content-type"] !== "application/x-protobuf")
        return void response.writeHead(404).end();
      bytes.push(body);
      spans.push(...spansOf(body));
      answer(response);
      wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bytes,
    until: async (fits) => {
      const end = Date.now() + 60_000;
      for (;;) {
        const found = spans.find(fits);
        if (found) return found;
        if (Date.now() > end)
          throw new Error(`no such span among ${spans.map(({ name }) => name).join(", ")}`);
        await new Promise<void>((woken) => {
          const timer = setTimeout(woken, 500);
          wake = () => {
            clearTimeout(timer);
            woken();
          };
        });
      }
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** What is left of a span's tree: names in order of beginning, children under parents. */
export type Tree = { readonly [name: string]: Tree };

export function treeOf(spans: readonly Received[], { id }: Received): Tree {
  const children = spans
    .filter(({ parent }) => parent === id)
    .sort((a, b) => Number(a.begin - b.begin) || Number(a.end - b.end));
  return Object.fromEntries(children.map((child) => [child.name, treeOf(spans, child)]));
}

function spansOf(body: Buffer): Received[] {
  return all(fields(body), 1).flatMap((resourceSpans) => {
    const of = fields(resourceSpans as Buffer);
    const service = attributesOf(all(fields(all(of, 1)[0] as Buffer), 1))["service.name"];
    return all(of, 2).flatMap((scope) =>
      all(fields(scope as Buffer), 2).map((span) => spanOf(fields(span as Buffer), service)),
    );
  });
}

function spanOf(of: Fields, service: unknown): Received {
  const hex = (field: number) =>
    ((all(of, field)[0] as Buffer | undefined) ?? Buffer.alloc(0)).toString("hex");
  const status = all(of, 15)[0];
  return {
    trace: hex(1),
    id: hex(2),
    parent: hex(4),
    name: String(all(of, 5)[0]),
    kind: Number(all(of, 6)[0] ?? 0),
    begin: BigInt(all(of, 7)[0] as bigint),
    end: BigInt(all(of, 8)[0] as bigint),
    attributes: attributesOf(all(of, 9)),
    status: status === undefined ? 0 : Number(all(fields(status as Buffer), 3)[0] ?? 0),
    service,
  };
}

function attributesOf(pairs: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const of = fields(pair as Buffer);
      const [value] = fields((all(of, 2)[0] as Buffer | undefined) ?? Buffer.alloc(0));
      // AnyValue: 1 text, 2 truth, 3 whole number, 4 number.
      const read = {
        1: (v: unknown) => String(v),
        2: (v: unknown) => v === 1n,
        3: (v: unknown) => Number(v),
      };
      const [field, raw] = value ?? [1, ""];
      return [String(all(of, 1)[0]), read[field as 1 | 2 | 3]?.(raw) ?? raw];
    }),
  );
}

type Fields = readonly (readonly [field: number, value: Buffer | bigint])[];

function all(of: Fields, field: number): readonly (Buffer | bigint)[] {
  return of.filter(([number]) => number === field).map(([, value]) => value);
}

/** The fields of one protobuf message: varints and fixed numbers as whole numbers, the rest as bytes. */
function fields(bytes: Buffer): Fields {
  const found: [number, Buffer | bigint][] = [];
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const wire = key & 7;
    if (wire === 0) found.push([key >> 3, varint()]);
    else if (wire === 1) found.push([key >> 3, take(8).readBigUInt64LE()]);
    else if (wire === 2) found.push([key >> 3, take(Number(varint()))]);
    else if (wire === 5) found.push([key >> 3, BigInt(take(4).readUInt32LE())]);
    else throw new Error(`wire type ${wire} is none of proto3`);
  }
  return found;
}
