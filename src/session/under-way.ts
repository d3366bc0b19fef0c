import type { Working } from "./asking.ts";
import type { Audience } from "./audience.ts";
import type { Taking } from "./lease.ts";
import { type Speaking, speaking } from "./speaking.ts";

/** What the agent is doing in one session, and how it is made to end early. */
export class UnderWay {
  readonly #audience: Audience;
  #working: Working | null = null;
  #speaking: Speaking | null = null;
  #draining = false;
  /** Who takes the conversation, as soon as the turn under way lets go of it. */
  taking: Taking | null = null;

  constructor(audience: Audience) {
    this.#audience = audience;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** A turn begins; gives what ends it. */
  begin(working: Working): () => void {
    const leave = () => this.left();
    this.#working = working;
    working.left?.addEventListener("abort", leave);
    if (this.#draining || this.taking || this.#deserted()) this.hurry();
    return () => {
      working.left?.removeEventListener("abort", leave);
      this.#working = null;
      this.#speaking = null;
    };
  }

  /** Somebody went: when nobody is left to hear the answer, no model is waited for. */
  left(): void {
    if (this.#deserted()) this.hurry();
  }

  /** Ends what a model does for the turn under way: the house finishes it. */
  hurry(): void {
    this.#working?.gone.abort();
    this.#speaking?.abandon();
  }

  /** The same for good. */
  drain(): void {
    this.#draining = true;
    this.hurry();
  }

  /** Not a word more of the turn under way: somebody else takes the conversation. */
  hush(taking: Taking): void {
    this.taking = taking;
    this.#speaking?.hush();
    this.hurry();
  }

  /** The same for the words of one reply, and for nothing else: somebody takes it at another node. */
  quiet(reply: number): void {
    if (this.#speaking?.reply !== reply || this.#speaking.ended) return;
    this.#speaking.hush();
    this.hurry();
  }

  /** Cuts off words on their way; false when none of these are. */
  interrupt(of: number | undefined, heard: number): boolean {
    const speaking = this.#speaking?.ended === false ? this.#speaking : null;
    if (!speaking || (of !== undefined && of !== speaking.reply)) return false;
    speaking.interrupt(heard);
    return true;
  }

  /** Begins to say the words of a reply. */
  async speak(reply: number, filler: { end(): void }): Promise<Speaking> {
    const speaker = speaking(reply, (n, piece) => {
      filler.end();
      this.#audience.delta(reply - 1, n, piece);
    });
    this.#speaking = speaker;
    if (this.taking) speaker.hush();
    if (this.#working?.gone.signal.aborted) speaker.abandon();
    // What is written leaves when the event loop turns: the typed reply, before any work on its words.
    await new Promise((turned) => setImmediate(turned));
    return speaker;
  }

  /** Nobody waits for the turn under way: whoever sent its message is gone, and nobody else is here. */
  #deserted(): boolean {
    if (!this.#working || !this.#audience.empty) return false;
    return this.#working.from !== null || this.#working.left?.aborted === true;
  }
}
