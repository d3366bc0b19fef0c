import { signal } from "@preact/signals";
import { backoff } from "../../protocol/codes.ts";
import type { InboxCounts, Row } from "../../protocol/staff.ts";
import * as api from "./api.ts";

/** Whether what happens elsewhere is shown here as it happens. */
export const live = signal<"open" | "waiting">("waiting");

export interface Listener {
  row(row: Row): void;
  counts(counts: InboxCounts): void;
  /** The stream is up again, and what came meanwhile was missed. */
  missed(): void;
}

/** Listens to the inbox until what it gives is called. A stream that ends is opened anew, later and later. */
export function listen({ row, counts, missed }: Listener): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failed = 0;
  let wasOpen = false;
  const open = () => {
    source = new EventSource(api.INBOX_LIVE);
    source.onopen = () => {
      failed = 0;
      live.value = "open";
      if (wasOpen) missed();
      wasOpen = true;
    };
    source.onerror = () => {
      live.value = "waiting";
      source.close();
      failed += 1;
      // A stream does not say why it ended: whether one is still signed in has to be asked.
      void api.me().catch(() => {});
      timer = setTimeout(open, backoff(failed, Math.random) + 250);
    };
    source.addEventListener("row", ({ data }) => row(JSON.parse(data) as Row));
    source.addEventListener("counts", ({ data }) => counts(JSON.parse(data) as InboxCounts));
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
    live.value = "waiting";
  };
}
