import type { Problem } from "../../protocol/bodies.ts";
import { ParleyFault } from "../../protocol/codes.ts";
import { t } from "./words.ts";

type Method = "GET" | "POST" | "PUT";

/** Called whenever the gateway says that nobody is signed in. */
let signedOut: (fault: ParleyFault) => void = () => {};
export function onSignedOut(listener: typeof signedOut): void {
  signedOut = listener;
}

/** One request as staff, by the console's cookie. Throws `ParleyFault`: the gateway's own, or `unreachable`. */
export async function request<T>(method: Method, path: string, body?: object): Promise<T> {
  const answer = await sent(method, path, body);
  if (!answer.ok) {
    const fault = await faultOf(answer);
    if (answer.status === 401) signedOut(fault);
    throw fault;
  }
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as T);
}

/** A path with what is given of its query. */
export function path(
  base: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const given = Object.entries(query).filter(([, value]) => value !== "" && value != null);
  if (given.length === 0) return base;
  return `${base}?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
}

/** Anything thrown as a fault, so that there is a message to show. */
export function asFault(error: unknown): ParleyFault {
  if (error instanceof ParleyFault) return error;
  return new ParleyFault("internal", String(error instanceof Error ? error.message : error), false);
}

async function sent(method: Method, path: string, body: object | undefined): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: "same-origin",
      headers: { accept: "application/json", ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    throw new ParleyFault("unreachable", t("fault.unreachable"), true);
  }
}

async function faultOf(answer: Response): Promise<ParleyFault> {
  try {
    const { code, detail, retry, about } = (await answer.json()) as Problem;
    return new ParleyFault(code, detail, retry, about);
  } catch {
    return new ParleyFault("internal", t("fault.strange", { status: answer.status }), false);
  }
}
