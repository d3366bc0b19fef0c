import type { Event } from "../../domain/event.ts";
import { money, timeOfDay } from "./figures.ts";
import { t } from "./words.ts";

/** What happened in a conversation beside what was said in it, in one line. */
export function Notice({ event }: { event: Event }) {
  const text = told(event);
  if (text === null) return null;
  return (
    <p class={`turned turned-${event.kind}`}>
      <time dateTime={event.at}>{timeOfDay(event.at)}</time> {text}
    </p>
  );
}

function told(event: Event): string | null {
  switch (event.kind) {
    case "handoff": {
      const name = event.name ?? "";
      const told = t(`handoff.${event.to}`, { name });
      return event.why === "operator" ? told : `${told} ${t(`why.${event.why}`)}`;
    }
    case "order": {
      const { id, status, total, currency } = event.intent;
      const order = t("talk.order", { id, total: money(total, currency), status: t(`order.${status}`) });
      return event.note ? `${order} “${event.note}”` : order;
    }
    case "closed":
      return t(`closed.${event.reason}`);
    case "interrupted":
      return t("talk.interrupted", { heard: event.heard });
    case "opened":
      return t("talk.opened");
    default:
      return null;
  }
}
