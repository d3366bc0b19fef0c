import { type ComponentChildren, Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { EventOf, Numbered } from "../../domain/event.ts";
import type { Words } from "../../domain/reply.ts";
import type { Note } from "./contract.ts";
import { Faces } from "./faces.tsx";
import { timeOfDay } from "./figures.ts";
import { Notice } from "./handoff.tsx";
import type { Talk } from "./talk.ts";
import { t } from "./words.ts";

interface TranscriptProps {
  readonly talk: Talk;
  readonly chosen: number | null;
  /** Asks for the reasons of a reply. */
  onChoose(seq: number): void;
}

/** The whole conversation, each of the vendor's replies with both its faces. */
export function Transcript({ talk, chosen, onChoose }: TranscriptProps) {
  /** Whoever scrolled up reads there and is left there. */
  const atFoot = useRef(true);
  const scrolled = useRef(0);
  const box = useRef<HTMLDivElement>(null);
  const log = talk.log.value;
  const forming = talk.forming.value;
  useEffect(() => {
    if (box.current && atFoot.current) box.current.scrollTop = box.current.scrollHeight;
  }, [log.length, forming]);
  const words = finished(log);
  const liked = new Map(log.flatMap(({ event }) => (event.kind === "feedback" ? [[event.of, event]] : [])));
  return (
    <div
      class="transcript"
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      role="log"
      aria-label={t("talk.transcript")}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        const near = scrollHeight - scrollTop - clientHeight < 40;
        atFoot.current = near || (atFoot.current && scrollTop >= scrolled.current);
        scrolled.current = scrollTop;
      }}
    >
      {log.map((one) => (
        <Fragment key={one.seq}>
          <Entry
            one={one}
            words={words.get(one.seq)}
            feedback={liked.get(one.seq)}
            chosen={chosen === one.seq}
            onChoose={onChoose}
          />
          {talk.notes.value
            .filter(({ seq }) => seq === one.seq)
            .map((note) => (
              <Whisper key={note.id} note={note} />
            ))}
        </Fragment>
      ))}
      {forming && (
        <p class="forming" aria-live="off">
          {forming.text}…
        </p>
      )}
    </div>
  );
}

interface EntryProps {
  readonly one: Numbered;
  readonly words: Words | undefined;
  readonly feedback: EventOf<"feedback"> | undefined;
  readonly chosen: boolean;
  onChoose(seq: number): void;
}

function Entry({ one: { seq, event }, words, feedback, chosen, onChoose }: EntryProps) {
  switch (event.kind) {
    case "message":
      return (
        <article class="said said-buyer">
          <Byline who={t("by.buyer")} at={event.at} />
          {event.message.text === undefined ? (
            <code class="typed">{JSON.stringify(event.message.act)}</code>
          ) : (
            <p class="text" lang={event.message.lang}>
              {event.message.text}
            </p>
          )}
        </article>
      );
    case "reply":
      return (
        <article class={`said said-agent ${chosen ? "chosen" : ""}`}>
          <Byline who={t("by.agent")} at={event.at}>
            <button type="button" class="link" aria-pressed={chosen} onClick={() => onChoose(seq)}>
              {t("talk.why")}
            </button>
          </Byline>
          <Faces move={event.move} words={event.words ?? words} />
          {feedback && <Judged feedback={feedback} />}
        </article>
      );
    case "said":
      return (
        <article class="said said-operator">
          <Byline who={event.name} at={event.at} />
          <p class="text">{event.text}</p>
        </article>
      );
    default:
      return <Notice event={event} />;
  }
}

function Whisper({ note: { by, at, text } }: { note: Note }) {
  return (
    <article class="said said-whisper">
      <Byline who={t("talk.whispered", { name: by })} at={at} />
      <p class="text">{text}</p>
    </article>
  );
}

function Byline({ who, at, children }: { who: string; at: string; children?: ComponentChildren }) {
  return (
    <header class="byline">
      <strong>{who}</strong> <time dateTime={at}>{timeOfDay(at)}</time>
      {children}
    </header>
  );
}

function Judged({ feedback: { helpful, note } }: { feedback: EventOf<"feedback"> }) {
  return (
    <p class="judged">
      {t(helpful ? "talk.helpful" : "talk.unhelpful")}
      {note && <q>{note}</q>}
    </p>
  );
}

/** Words that came behind their reply, by its number. */
function finished(log: readonly Numbered[]): ReadonlyMap<number, Words> {
  return new Map(log.flatMap(({ event }) => (event.kind === "words" ? [[event.of, event.words]] : [])));
}
