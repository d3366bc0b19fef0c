import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhenResult,
  noJitterGenerator,
} from "cockatiel";
import type { Sent } from "./send.ts";

export interface CircuitBounds {
  /** Failures of the provider's making in a row, after which it is left alone. */
  readonly failures: number;
  /** Milliseconds until one request may try it again; doubled each time that fails, up to `max_rest_ms`. */
  readonly rest_ms: number;
  readonly max_rest_ms: number;
}

export const CIRCUIT_BOUNDS: CircuitBounds = { failures: 5, rest_ms: 5_000, max_rest_ms: 60_000 };

/** Sends through the circuit of one model; null when it is open, and then nothing was sent. */
export type Circuit = (send: () => Promise<Sent>) => Promise<Sent | null>;

/** What a failure says about the provider. What the caller or a counterpart brought about says nothing. */
export function circuit(bounds: CircuitBounds, changed: (state: "open" | "closed") => void): Circuit {
  const policy = circuitBreaker(
    handleWhenResult((result) => (result as Judged).bad),
    {
      breaker: new ConsecutiveBreaker(bounds.failures),
      halfOpenAfter: new ExponentialBackoff({
        initialDelay: bounds.rest_ms,
        maxDelay: bounds.max_rest_ms,
        generator: noJitterGenerator,
      }),
    },
  );
  policy.onBreak(() => changed("open"));
  policy.onReset(() => changed("closed"));
  return async (send) => {
    // The policy would make others wait for the one that tries; they have a house to fall back on instead.
    if (policy.state === CircuitState.HalfOpen) return null;
    let unsaid: Sent | null = null;
    try {
      const { sent } = await policy.execute(async (): Promise<Judged> => {
        const trying = policy.state === CircuitState.HalfOpen;
        const done = await send();
        const verdict = judge(done);
        // An error that the policy does not handle leaves its count alone, but would close a circuit being tried.
        if (verdict === "says nothing" && !trying) {
          unsaid = done;
          throw new DOMException("neither for nor against the provider", "AbortError");
        }
        return { sent: done, bad: verdict !== "works" };
      });
      return sent;
    } catch {
      return unsaid;
    }
  };
}

interface Judged {
  readonly sent: Sent;
  readonly bad: boolean;
}

function judge(sent: Sent): "works" | "fails" | "says nothing" {
  if (sent.ok) return "works";
  switch (sent.why) {
    case "unauthorized":
    case "rate_limited":
    case "server_error":
    case "unreachable":
    case "cut_off":
      return "fails";
    case "timeout":
      return sent.waited_long ? "fails" : "says nothing";
    case "stopped":
    case "too_long":
    case "empty":
    case "refused":
      return "works";
    default:
      return "says nothing";
  }
}
