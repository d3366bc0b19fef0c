import { AsyncLocalStorage } from "node:async_hooks";
import { hash } from "node:crypto";

/** What a line of the log is about. */
interface About {
  readonly session: string | undefined;
  readonly message?: string | undefined;
}

const here = new AsyncLocalStorage<About>();

/** Does work, and all that it waits for, on a message: whatever is logged meanwhile can be told to be about it. */
export function about<T>(session: string, message: string, work: () => T): T {
  return here.run({ session, message }, work);
}

/**
 * What a line that is written here says, so that the lines of one conversation and of one message are found together: digests
 * alone, made only when there is a line. An id of a message is its sender's, so the session's is digested with it.
 */
export function named({ session, message }: About = here.getStore() ?? NOTHING): Record<string, string> {
  if (session === undefined) return {};
  const told = message === undefined ? {} : { message: digestOf(`${session} ${message}`) };
  return { session: digestOf(session), ...told };
}

const NOTHING: About = { session: undefined };

/** What logs and traces call a session by: whoever has its id can make it, and nobody the id from it. */
export function digestOf(id: string): string {
  return hash("sha256", id, "hex").slice(0, 16);
}
