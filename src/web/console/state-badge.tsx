import type { InboxState } from "../../protocol/staff.ts";
import { t } from "./words.ts";

/** Who has a conversation: never by colour alone. */
export function StateBadge({ state, operator }: { state: InboxState; operator: string | null }) {
  return (
    <span class={`badge badge-${state}`}>
      {state === "with_person" && operator ? t("state.with", { name: operator }) : t(`state.${state}`)}
    </span>
  );
}
