import type { EventPage, MessageResult } from "../../src/protocol/bodies.ts";
import type { Welcome } from "../../src/protocol/frames.ts";

/** What came back, with its body as text and as JSON when it is any. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: T;
}

export async function post<T = { code: string; detail: string }>(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const bytes =
    typeof body === "string" ? body : body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body);
  const sent = { "content-type": "application/json", ...headers };
  return answer(await fetch(url, { method: "POST", body: bytes, headers: sent }));
}

export async function get<T>(url: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
  return answer(await fetch(url, { headers }));
}

async function answer<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json");
  const body = (json ? JSON.parse(text) : null) as T;
  return { status: response.status, headers: response.headers, text, body };
}

let made = 0;

/** A new Idempotency-Key, long enough for any request. */
export function newKey(): string {
  made += 1;
  return `key-${process.pid}-${Date.now()}-${made}`;
}

/** A session over HTTP. */
export class HttpBuyer {
  readonly welcome: Welcome;
  readonly #url: string;

  constructor(url: string, welcome: Welcome) {
    this.#url = `${url}/v1/sessions/${welcome.session}`;
    this.welcome = welcome;
  }

  static async open(url: string, opening: object = {}): Promise<HttpBuyer> {
    const { body } = await post<Welcome>(`${url}/v1/sessions`, opening, { "idempotency-key": newKey() });
    return new HttpBuyer(url, body);
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.welcome.secret}` };
  }

  get events(): string {
    return `${this.#url}/events`;
  }

  say<T = MessageResult>(body: unknown, key: string = newKey()): Promise<Answer<T>> {
    return post<T>(`${this.#url}/messages`, body, { ...this.headers, "idempotency-key": key });
  }

  page(after?: number): Promise<Answer<EventPage>> {
    return get(`${this.events}${after === undefined ? "" : `?after=${after}`}`, this.headers);
  }
}
