import type { Source } from "../../domain/entry.ts";
import type { Numbered } from "../../domain/event.ts";
import type { Fact } from "../../domain/fact.ts";
import type { IntentView } from "../../domain/reply.ts";

/** What the element tells its page, as `CustomEvent`s that bubble. `replayed`: it was so before the page was loaded. */
export interface ParleyEvents {
  /** An accepted offer is an order now. Once for each intent and page load; tell repeats by `intent.id`. */
  "parley-intent": { readonly intent: IntentView; readonly replayed: boolean };
  /** Everything in the log, in order: offers, changes of orders, handoffs and the rest. */
  "parley-event": Numbered & { readonly replayed: boolean };
  /** A source is to be opened. `preventDefault` when the page opens it itself. */
  "parley-source": { readonly source: Source; readonly facts: readonly Fact[] };
  /** `connecting`, `open`, `waiting` (for the network) or `closed`. */
  "parley-state": { readonly state: string };
  "parley-fault": { readonly code: string; readonly message: string };
  /** Everything said was deleted. */
  "parley-erased": { readonly receipt: string };
  "parley-toggle": { readonly open: boolean };
}
/** False when a listener prevented what would follow. */
export type Emit = <Name extends keyof ParleyEvents>(name: Name, detail: ParleyEvents[Name]) => boolean;
