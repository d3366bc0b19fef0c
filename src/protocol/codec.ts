import { FAULTS, Fault, type FaultCode, problemsOf } from "../domain/fault.ts";
import { ClientFrame } from "./frames.ts";

/**
 * Text to a client frame. Throws `bad_json` when it is no JSON, `bad_frame` when it is no frame; the fault's `detail.id`
 * is the client's own id when that much could be read, so that it can tell which message failed.
 */
export function decode(text: string): ClientFrame {
  const value = parsedWithId(text);
  const parsed = ClientFrame.safeParse(value);
  if (parsed.success) return parsed.data;
  const id = idOf(value);
  throw new Fault("bad_frame", problemsOf(parsed.error), id === null ? {} : { detail: { id } });
}

/** `parseJson`, whose fault carries the client's own id where only something else in the frame is no JSON for us. */
function parsedWithId(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const id = readableId(text);
    if (!(error instanceof Fault) || id === null) throw error;
    throw new Fault(error.code, error.message, { detail: { id } });
  }
}

function readableId(text: string): string | null {
  try {
    const id = idOf(JSON.parse(text));
    return id?.isWellFormed() ? id : null;
  } catch {
    return null;
  }
}

/**
 * JSON whose strings are whole characters (I-JSON, RFC 7493 2.1): half a surrogate pair has no UTF-8, so it could be
 * neither stored nor hashed as it came. Throws `bad_json`.
 */
export function parseJson(text: string): unknown {
  try {
    // Only an escape can bring a half: in text that was UTF-8 there is none.
    return JSON.parse(text, /\\ud/i.test(text) ? whole : undefined);
  } catch {
    // Without its cause: the parser's message quotes the text, which no log may hold.
    throw new Fault("bad_json", "that is not JSON; send one JSON object, of whole characters");
  }
}

function whole(key: string, value: unknown): unknown {
  if (!key.isWellFormed() || (typeof value === "string" && !value.isWellFormed())) {
    throw new SyntaxError("half of a surrogate pair");
  }
  return value;
}

/** A fault as its frame's text. Only code, message and detail leave; the cause stays home. */
export function faultFrame(fault: Fault, id?: string): string {
  const { id: readId, ...detail } = fault.detail ?? {};
  const about = id ?? readId;
  return JSON.stringify({
    type: "fault",
    ...(about === undefined ? {} : { id: String(about) }),
    code: fault.code,
    message: fault.message,
    retry: FAULTS[fault.code].retry,
    ...(Object.keys(detail).length > 0 ? { detail } : {}),
  });
}

/** Any error as a fault; what is no fault is `internal`, with its cause for the log. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault(
    "internal",
    "something went wrong here; whether this was stored is not known: send the same again, with the same id",
    {
      cause: error,
    },
  );
}

/** The close code of a fault that ends the connection, or null for one that does not. */
export function closeCode(code: FaultCode): number | null {
  return FAULTS[code].close;
}

function idOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("id" in value)) return null;
  return typeof value.id === "string" && value.id.length <= 64 ? value.id : null;
}
