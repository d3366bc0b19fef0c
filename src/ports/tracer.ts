/** MUST hold nothing of a counterpart: no text, name, token or key, and no id of a person, session or order. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A piece of work, from its beginning to its end. */
export interface Span {
  /** Ends it, once; what is known only by now is added. `failed` is a word of a closed list: a fault's code, an outcome. */
  end(known?: { readonly name?: string; readonly attributes?: Attributes; readonly failed?: string }): void;
}

/** `server`: a peer is answered; `client`: somebody else is asked. */
export type SpanKind = "server" | "client" | "internal";

/** Where the time of a message went, for whoever runs the gateway. MUST NOT throw, wait or hold anything up. */
export interface Tracer {
  /**
   * Does work for a peer: what begins within it under nothing belongs to the trace that the peer's `traceparent` names
   * (W3C Trace Context). One that cannot be read is as good as none.
   */
  arriving<T>(traceparent: string | undefined, work: () => T): T;
  /** Begins a span under another, or under nothing. */
  begin(name: string, under: Span | null, kind?: SpanKind, attributes?: Attributes): Span;
  /** Does work, and all that it waits for, as part of a span. */
  within<T>(span: Span, work: () => T): T;
  /** What a line of the log says here, to be found by its trace: the trace and the span. */
  named(): Readonly<Record<string, string>>;
  /** Sends what is still to be sent, and stops; waits for nobody for long. */
  close(): Promise<void>;
}
