export interface SseEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** A stream of server-sent events as WHATWG HTML 9.2 reads it, one at a time. */
export class Sse {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  private constructor(reader: ReadableStreamDefaultReader<string>) {
    this.#reader = reader;
  }

  static async open(url: string, headers: Record<string, string>): Promise<Sse> {
    const response = await fetch(url, { headers: { ...headers, accept: "text/event-stream" } });
    if (response.status !== 200 || !response.body) throw new Error(`no stream: ${response.status}`);
    return new Sse(response.body.pipeThrough(new TextDecoderStream()).getReader());
  }

  async next(): Promise<SseEvent> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        const fields = new Map(block.split("\n").map(field));
        if (fields.has("data")) {
          return {
            id: fields.get("id") ?? "",
            event: fields.get("event") ?? "message",
            data: fields.get("data") ?? "",
          };
        }
        continue;
      }
      const { value, done } = await this.#reader.read();
      if (done) throw new Error("the stream ended");
      this.#text += value;
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }
}

function field(line: string): [string, string] {
  const at = line.indexOf(":");
  return [line.slice(0, at), line.slice(at + 1).trimStart()];
}
