import type { Message } from "../domain/event.ts";
import { FAULTS, type FaultCode } from "../domain/fault.ts";
import type { Channel } from "../domain/party.ts";
import type { Hear, Question } from "../domain/question.ts";
import type { QuestionName } from "../domain/questions/index.ts";
import type { State } from "../domain/state.ts";
import type { Appended } from "../ports/store.ts";
import type { Attributes, Span, Tracer } from "../ports/tracer.ts";
import { asFault } from "../protocol/codec.ts";
import type { TurnPorts } from "../turn.ts";
import type { House, Meter, TurnOutcome } from "./house.ts";
import { digestOf } from "./named.ts";
import type { Receipt } from "./repeated.ts";
import { questionSpan } from "./trail-question.ts";

/**
 * What a message leaves behind for whoever runs the gateway: how long it took and what became of it and, where traces are
 * wanted, a trace: `message` at the root, under it the wait for its turn and the stations of its
 * walk, and under these what was looked up and asked. Values and texts never get here, only kinds, counts and outcomes.
 */
export interface Trail {
  /** The message has its turn now. */
  walked<T>(work: () => Promise<T>): Promise<T>;
  /** The ports of its walk, each leaving its span. */
  ports(ports: TurnPorts): TurnPorts;
  /** Ends it with what became of the message. */
  ended(receipt: Promise<Receipt>): Promise<Receipt>;
}

/** Begins where a message arrives; `session` is only told as a digest, by which the traces of one conversation meet. */
export function trailOf({ tracer, meter }: House, session: string, message: Message, state: State): Trail {
  const counted = countedTrail(meter, state.channel);
  return tracer ? tracedTrail(tracer, counted, session, message, state) : counted;
}

/** What is counted of a message, traced or not. */
function countedTrail(meter: Meter, channel: Channel): Trail {
  const began = performance.now();
  let waits = true;
  meter.queued(1);
  const begin = () => {
    if (waits) meter.queued(-1);
    waits = false;
  };
  const since = () => (performance.now() - began) / 1_000;
  const tell = (outcome: TurnOutcome) => {
    begin();
    meter.turn({ channel, outcome, seconds: since() });
  };
  return {
    walked: (work) => {
      begin();
      return work();
    },
    ports: (ports) => ({
      ...ports,
      commit: async (step) => {
        const outcome = await ports.commit(step);
        // The message is in the first commit; the words of its reply may come in another.
        if (outcome === "appended" && step.message) meter.ack(channel, since());
        return outcome;
      },
    }),
    ended: (receipt) => {
      receipt.then(
        ({ duplicate }) => tell(duplicate ? "repeated" : "replied"),
        (error: unknown) => tell(isOwn(asFault(error).code) ? "failed" : "refused"),
      );
      return receipt;
    },
  };
}

function tracedTrail(
  tracer: Tracer,
  counted: Trail,
  session: string,
  { act }: Message,
  { channel }: State,
): Trail {
  const root = tracer.begin("message", null, "server", {
    "parley.session": digestOf(session),
    "parley.channel": channel,
    "parley.typed": act !== undefined,
  });
  let reply: Attributes = {};
  let station: Span | null = tracer.begin("wait", root);
  const at = (name: string) => {
    station?.end();
    station = tracer.begin(name, root);
    return station;
  };
  const leave = (failed?: string) => {
    station?.end(failed === undefined ? {} : { failed });
    station = null;
  };
  return {
    walked: (work) => tracer.within(root, () => counted.walked(work)),
    ports: (untraced) => {
      const ports = counted.ports(untraced);
      return {
        ...ports,
        at,
        ...askingPorts(tracer, ports, () => station ?? root),
        sign: (payload) => {
          at("sign");
          return ports.sign(payload);
        },
        commit: async (step) => {
          const committing = at("commit");
          const outcome = await ports.commit(step);
          for (const event of step.events)
            if (event.kind === "reply") reply = { "parley.act": event.move.act };
          station = null;
          committing.end({
            attributes: { "parley.commit": wordOf(outcome), "parley.events": step.events.length },
          });
          return outcome;
        },
        speak: (said) => {
          at("speak");
          return ports.speak(said);
        },
      };
    },
    ended: (receipt) => {
      counted.ended(receipt).then(
        ({ duplicate }) => {
          leave();
          root.end({ attributes: duplicate ? { "parley.duplicate": true } : reply });
        },
        (error: unknown) => {
          const { code } = asFault(error);
          // As on HTTP: that a message is refused is no failure of who refuses it.
          const failed = isOwn(code) ? { failed: code } : {};
          leave(failed.failed);
          root.end({ attributes: { "parley.fault": code }, ...failed });
        },
      );
      return receipt;
    },
  };
}

/** Look-ups and questions may run beside each other: each is a span under the station that wants it. */
function askingPorts(
  tracer: Tracer,
  { find, ask }: TurnPorts,
  under: () => Span,
): Pick<TurnPorts, "find" | "ask"> {
  return {
    find: async (lookup) => {
      const span = tracer.begin(`find ${lookup.kind}`, under());
      try {
        const found = await find(lookup);
        span.end({ attributes: { "parley.found": found.entries.length, "parley.partial": found.partial } });
        return found;
      } catch (error) {
        span.end({ failed: asFault(error).code });
        throw error;
      }
    },
    ask: async <N extends QuestionName>(question: Question<N>, hear?: Hear<N>, cut?: AbortSignal) => {
      const span = tracer.begin("chat", under(), "client", { "gen_ai.operation.name": "chat" });
      const asked = await tracer.within(span, () => ask(question, hear, cut));
      span.end(questionSpan(asked.call));
      return asked;
    },
  };
}

/** Whether it is the gateway that failed, and not the message. */
function isOwn(code: FaultCode): boolean {
  return FAULTS[code].http >= 500;
}

function wordOf(outcome: Appended): string {
  if (typeof outcome === "string") return outcome;
  return "short" in outcome ? "short" : "spent";
}
