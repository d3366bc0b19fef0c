import type { ParleyFault } from "../../protocol/codes.ts";
import { t } from "./words.ts";

/** Why something did not go through, where it was tried. The gateway's own words say how to mend it. */
export function Refusal({ fault, id }: { fault: ParleyFault | null; id?: string }) {
  return (
    <div id={id} role="alert" class={fault ? "refusal" : undefined}>
      {fault && (
        <p>
          <strong>{headline(fault)}</strong> {fault.message}
        </p>
      )}
    </div>
  );
}

/** In the reader's language, for the refusals that staff meet. */
function headline({ code, retry }: ParleyFault): string {
  if (code === "forbidden") return t("fault.forbidden");
  if (code === "unauthorized") return t("fault.unauthorized");
  if (code === "bad_frame") return t("fault.field");
  if (code === "order_expired") return t("fault.expired");
  if (code === "order_status_conflict") return t("fault.decided");
  return t(retry ? "fault.retry" : "fault.refused");
}
