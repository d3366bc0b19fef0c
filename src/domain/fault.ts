import type { z } from "zod";

/**
 * What each fault means on each wire. `close` is a WebSocket close code, or null when the connection stays open;
 * `http` a status; `retry` whether the same message may succeed later; `reconnect` whether, once closed, a client
 * should come back by itself.
 */
export const FAULTS = {
  // the frame
  bad_json: { close: null, http: 400, retry: false, reconnect: true },
  bad_frame: { close: null, http: 422, retry: false, reconnect: true },
  bad_encoding: { close: 1007, http: 400, retry: false, reconnect: false },
  binary_frame: { close: 1003, http: 415, retry: false, reconnect: false },
  frame_too_large: { close: 1009, http: 413, retry: false, reconnect: false },
  too_many_fragments: { close: 1008, http: 413, retry: false, reconnect: false },
  protocol_violation: { close: 1002, http: 400, retry: false, reconnect: false },
  unsupported_protocol: { close: 4400, http: 400, retry: false, reconnect: false },
  // who is talking
  hello_required: { close: 4401, http: 401, retry: false, reconnect: false },
  hello_timeout: { close: 4408, http: 408, retry: true, reconnect: true },
  unauthorized: { close: 4401, http: 401, retry: false, reconnect: false },
  forbidden: { close: null, http: 403, retry: false, reconnect: false },
  identity_required: { close: null, http: 403, retry: false, reconnect: true },
  revoked: { close: 4403, http: 403, retry: false, reconnect: false },
  token_expired: { close: 4412, http: 401, retry: false, reconnect: true },
  mandate_refused: { close: 4401, http: 401, retry: false, reconnect: false },
  origin_refused: { close: 4403, http: 403, retry: false, reconnect: false },
  // the session
  unknown_session: { close: 4404, http: 404, retry: false, reconnect: false },
  session_erased: { close: 4410, http: 410, retry: false, reconnect: false },
  session_closed: { close: null, http: 409, retry: false, reconnect: false },
  session_open: { close: null, http: 409, retry: false, reconnect: true },
  unsupported_currency: { close: null, http: 422, retry: false, reconnect: true },
  // staff
  lease_held: { close: null, http: 409, retry: false, reconnect: true },
  lease_lost: { close: null, http: 409, retry: false, reconnect: true },
  // load
  rate_limited: { close: null, http: 429, retry: true, reconnect: true },
  flooding: { close: 4430, http: 429, retry: true, reconnect: true },
  too_many_connections: { close: 4429, http: 429, retry: true, reconnect: true },
  queue_full: { close: null, http: 429, retry: true, reconnect: true },
  too_many_sessions: { close: 4429, http: 503, retry: true, reconnect: true },
  slow_reader: { close: 4413, http: 503, retry: true, reconnect: true },
  heartbeat_missed: { close: 4411, http: 408, retry: true, reconnect: true },
  draining: { close: 4503, http: 503, retry: true, reconnect: true },
  internal: { close: null, http: 500, retry: true, reconnect: true },
  unavailable: { close: null, http: 503, retry: true, reconnect: true },
  // idempotency
  id_reused: { close: null, http: 422, retry: false, reconnect: true },
  idempotency_key_missing: { close: null, http: 400, retry: false, reconnect: true },
  not_found: { close: null, http: 404, retry: false, reconnect: true },
  // offers and orders
  unknown_offer: { close: null, http: 404, retry: false, reconnect: true },
  foreign_offer: { close: null, http: 403, retry: false, reconnect: true },
  offer_hash_mismatch: { close: null, http: 409, retry: false, reconnect: true },
  offer_expired: { close: null, http: 410, retry: false, reconnect: true },
  offer_superseded: { close: null, http: 409, retry: false, reconnect: true },
  offer_withdrawn: { close: null, http: 410, retry: false, reconnect: true },
  offer_already_accepted: { close: null, http: 409, retry: false, reconnect: true },
  product_withdrawn: { close: null, http: 410, retry: false, reconnect: true },
  out_of_stock: { close: null, http: 409, retry: true, reconnect: true },
  below_limit: { close: null, http: 409, retry: false, reconnect: true },
  order_details_missing: { close: null, http: 422, retry: false, reconnect: true },
  ship_to_changed: { close: null, http: 409, retry: false, reconnect: true },
  nothing_to_confirm: { close: null, http: 409, retry: false, reconnect: true },
  order_expired: { close: null, http: 410, retry: false, reconnect: true },
  mandate_exceeded: { close: null, http: 403, retry: false, reconnect: true },
  daily_limit: { close: null, http: 429, retry: true, reconnect: true },
  too_many_orders: { close: null, http: 429, retry: true, reconnect: true },
  unknown_order: { close: null, http: 404, retry: false, reconnect: true },
  order_not_cancellable: { close: null, http: 409, retry: false, reconnect: true },
  order_status_conflict: { close: null, http: 409, retry: false, reconnect: true },
  // what staff change
  edit_conflict: { close: null, http: 409, retry: false, reconnect: true },
  fixture_failed: { close: null, http: 422, retry: false, reconnect: true },
  // the vendor's own files
  bad_config: { close: null, http: 500, retry: false, reconnect: true },
  bad_policy: { close: null, http: 500, retry: false, reconnect: true },
  bad_source: { close: null, http: 422, retry: false, reconnect: true },
} as const satisfies Record<
  string,
  { close: number | null; http: number; retry: boolean; reconnect: boolean }
>;

export type FaultCode = keyof typeof FAULTS;

/**
 * The one error class. Peers see `code` and `message`; `cause` is for the log only, so it may hold what a peer must
 * not read. `detail` goes to peers: a path, a bound, an id.
 */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly detail: Record<string, string | number | boolean> | undefined;
  constructor(
    code: FaultCode,
    message: string,
    options?: { cause?: unknown; detail?: Record<string, string | number | boolean> },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Fault";
    this.code = code;
    this.detail = options?.detail;
  }
}

/**
 * A zod failure as one line: "lines.0.quantity: expected a whole number". At most three problems are named, each
 * briefly, as the message may repeat what was sent.
 */
export function problemsOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => {
      const path = issue.path.map(String).join(".");
      return (path ? `${path}: ${issue.message}` : issue.message).slice(0, 320);
    })
    .join("; ");
}
