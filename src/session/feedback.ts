import type { FeedbackBody } from "../protocol/bodies.ts";
import { mustBeReply } from "./cut.ts";
import type { House } from "./house.ts";
import { mustAppend } from "./lease.ts";
import { ratingOf } from "./seen.ts";
import type { Session } from "./session.ts";

/** What the counterpart thinks of a reply. The same thought again changes nothing. Throws `not_found` for what is no reply. */
export function rate(
  session: Session,
  house: House,
  rating: FeedbackBody,
): Promise<{ readonly seq: number }> {
  const { of, helpful, note } = rating;
  return session.inTurn(async () => {
    const before = session.seen.rated.get(of);
    if (before?.text === ratingOf(rating)) return { seq: before.seq };
    await mustBeReply(house.store, session.id, of);
    const seq = session.state.seq + 1;
    const at = house.clock.now();
    const event = { kind: "feedback" as const, at, of, helpful, ...(note === undefined ? {} : { note }) };
    await mustAppend(session, { at, events: [event] });
    return { seq };
  });
}
