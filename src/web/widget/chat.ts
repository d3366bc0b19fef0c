import type { Act } from "../../domain/act.ts";
import type { Numbered } from "../../domain/event.ts";
import type { Offer } from "../../domain/offer.ts";
import type { OrderDetails } from "../../domain/order.ts";
import type { IntentView } from "../../domain/reply.ts";
import type { Lang } from "../../domain/text.ts";
import { announcer as announcing } from "./announcer.ts";
import { composer } from "./composer.ts";
import { converse, type Holder } from "./conversation.ts";
import { askContact, askCounter, askDetails, readBack, showSource } from "./deciding.ts";
import { ask } from "./dialog.ts";
import { button, h, setText, webAddress } from "./dom.ts";
import type { Emit } from "./events.ts";
import { fill } from "./figures.ts";
import { head } from "./head.ts";
import { logView } from "./log-view.ts";
import { notice, textOf } from "./message.ts";
import { microphone } from "./microphone.ts";
import { Listening, newVoice } from "./speech.ts";
import type { Stage } from "./stage.ts";
import { download, transcript } from "./transcript.ts";
import { words } from "./words.ts";

/** What is used of the element that the panel is in. */
interface Host extends Holder, Pick<HTMLElement, "hasAttribute"> {
  readonly starters: readonly string[] | null;
  readonly picture: ((sku: string) => string | null) | null;
  toggle(): void;
}

/** The panel: one conversation with everything around it. */
export interface Chat {
  readonly element: HTMLElement;
  intents(): readonly IntentView[];
  transcript(): string;
  focus(): void;
  say(text: string): void;
  act(act: Act): void;
  draft(text: string): void;
  stop(): void;
}

/** Milliseconds in which changes are gathered before they are shown: a long log comes in many pieces. */
const GATHERED_MS = 16;

/** A panel in the language that this module was bundled for. */
export function chat(host: Host, src: string, emit: Emit): Chat {
  const voice = newVoice();
  const announcer = announcing();
  const title = h("h2");
  const status = h("small.status");
  const line = h("output.line");
  const quick = h("div.quick");
  const end = h("div.end");
  /** Its read-back opens when the details that were just told are answered. */
  let accepting: Offer | null = null;
  let due: ReturnType<typeof setTimeout> | null = null;
  let state = "";
  let receipt = "";
  /** What went wrong last, until something is said. */
  let trouble = "";

  const changed = () => {
    if (!due) due = setTimeout(show, GATHERED_MS);
  };
  const conversation = converse(host, src, {
    changed,
    event: (numbered, replayed) => tell(numbered, replayed),
    fault: (fault) => emit("parley-fault", fault),
  });

  /** Falls silent, and tells how much of the reply was heard. */
  const hush = () => {
    const cut = voice.hush();
    if (cut) conversation.tell({ type: "cancel", heard: cut.heard, of: cut.seq });
  };
  const utter = (said: { text: string } | { act: Act }) => {
    hush();
    trouble = "";
    conversation.say(said);
    log.toEnd();
  };
  const say = (text: string) => utter({ text });
  const act = (typed: Act) => utter({ act: typed });
  const hashed = ({ id, hash }: Offer) => ({ offer: id, hash });

  const stage: Stage = {
    ...{ conversation, say, act },
    picture: (sku, facts) =>
      webAddress(host.picture?.(sku) ?? facts.find(({ key }) => key === "image")?.value),
    /** What an order needs is asked for once; where it changes the price, the gateway reads a new offer back. */
    accept: (offer) => {
      const { details } = conversation.timeline;
      if (details.ship_to && details.payer)
        readBack(element, offer, details, () =>
          act({ act: "accept", ...hashed(offer), details: details as OrderDetails }),
        );
      else
        askDetails(element, offer, details, (told) => {
          accepting = offer;
          act({ act: "inform", details: told });
        });
    },
    review: (offer) =>
      readBack(element, offer, conversation.timeline.details, () =>
        act({ act: "confirm", ...hashed(offer) }),
      ),
    counter: (offer) => askCounter(element, offer, act),
    leaveContact: () => askContact(element, act),
    cite: (cited) => emit("parley-source", cited) && showSource(element, cited),
    drop: (unsent) => {
      conversation.drop(unsent);
      if (unsent.text) fillIn(unsent.text);
    },
    renew: () => {
      receipt = "";
      conversation.renew();
      input.focus();
    },
  };

  const erase = () =>
    ask(element, { title: words.erase, text: words.eraseText, yes: words.erase }, async () => {
      try {
        receipt = await conversation.erase();
        fillIn("");
        emit("parley-erased", { receipt });
      } catch {
        trouble = words.offline;
      }
      changed();
    });

  const tell = (numbered: Numbered, replayed: boolean) => {
    const { seq, event } = numbered;
    emit("parley-event", { ...numbered, replayed });
    const intent = (one: IntentView) => emit("parley-intent", { intent: one, replayed });
    if (event.kind === "reply" && event.move.act === "accepted") event.move.intents.forEach(intent);
    // An order that waited for a person's approval binds with it.
    if (event.kind === "order" && event.by === "operator" && event.intent.status === "pending")
      intent(event.intent);
    if (!replayed) aloud(seq);
  };

  /** Event `at`, which came just now, to those who listen; and what was begun with it goes on. */
  const aloud = (at: number) => {
    const { timeline } = conversation;
    const newest = timeline.seen.at(-1);
    const { last } = timeline;
    if (newest?.seq === at && !/reply|message/.test(newest.kind)) announcer.say(textOf(newest, stage));
    if (!last?.words || (last.seq !== at && last.seq !== newest?.seq)) return;
    announcer.growing(last.re, last.words.text, true);
    voice.read(last.seq, last.words.speech, last.words.lang);
    const offer = accepting;
    if (!offer) return;
    accepting = null;
    const { readback } = last.move;
    const read = readback?.details && timeline.offer(readback.offer);
    if (read) stage.review(read);
    else if (timeline.liveOffers.some(({ id }) => id === offer.id)) stage.accept(offer);
  };

  const show = () => {
    due = null;
    const { timeline, welcome, ended } = conversation;
    const { last, answering } = timeline;
    // First, as it takes its room from the log.
    suggest();
    log.update();
    if (last && !last.words) announcer.growing(last.re, last.partial ?? "");
    const vendor = welcome?.vendor.name;
    setText(title, vendor?.[words.lang as Lang] ?? vendor?.en ?? words.chat);
    const { to = "agent", name = "" } = answering ?? {};
    setText(status, fill(words.to[to], name));
    status.dataset.who = to;
    const now = conversation.state;
    const waits = now === "open" ? "" : now === "waiting" ? words.offline : words.connecting;
    setText(line, ended ? "" : waits || trouble);
    if (now !== state) emit("parley-state", { state: now });
    state = now;
    end.replaceChildren(ended && notice(why(ended), button(words.anew, stage.renew)));
  };

  const why = (code: string) => {
    if (code === "session_erased") return `${words.erased} ${receipt}`;
    if (code === "unauthorized") return words.fault.identity_required;
    return code === "origin_refused" ? words.foreign : fill(words.denied, code);
  };

  /** What may be said next by a press. */
  const suggest = () => {
    const { timeline, welcome, ended, unsent } = conversation;
    const { last } = timeline;
    const first = host.starters ?? [words.starterHelp, words.starterDelivery];
    const open = last?.words && !timeline.unanswered && timeline.answering?.to !== "person";
    const better = open && timeline.liveOffers.some(({ negotiable }) => negotiable.includes("price"));
    const choices = open && last.move.ask === "choice" ? last.move.choices : [];
    const next = better ? [...choices, words.betterPrice] : choices;
    const texts = ended ? [] : timeline.seen[0] || unsent[0] || !welcome ? next : first;
    if (quick.textContent === texts.join("")) return;
    const press = (text: string) => () => {
      say(text);
      input.focus();
    };
    quick.replaceChildren(...texts.map((text) => button(text, press(text))));
  };

  const log = logView(stage);
  const { element: writing, input, fill: fillIn } = composer(conversation, say);
  const complain = (text: string) => {
    trouble = text;
    changed();
  };
  const leave = ({ key, target, isComposing }: KeyboardEvent) => {
    const elsewhere = host.hasAttribute("inline") || (target as Element).closest("dialog");
    if (key === "Escape" && !isComposing && !elsewhere) host.toggle();
  };
  const element = h(
    "section.panel",
    { lang: words.lang, ariaLabel: words.chat, onkeydown: leave },
    head(title, status, {
      ...{ act, erase },
      save: () => download(transcript(stage)),
      readAloud: (on) => {
        hush();
        voice.on = on;
      },
      close: () => host.toggle(),
    }),
    ...[line, log.element, end, quick],
    h("footer.footer", Listening && microphone(input, hush, say, complain), writing),
    announcer.element,
  );
  const clock = setInterval(() => {
    log.tick();
    // What another tab left behind may be due.
    conversation.pump();
  }, 1_000);
  show();

  return {
    ...{ element, say, act, draft: fillIn },
    intents: () => [...conversation.timeline.intents.values()],
    transcript: () => transcript(stage),
    focus: () => input.focus(),
    stop: () => {
      clearInterval(clock);
      hush();
      conversation.stop();
    },
  };
}
