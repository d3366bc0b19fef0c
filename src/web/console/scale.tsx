import type { Reasons } from "../../domain/reasons.ts";
import { money } from "./figures.ts";
import { t } from "./words.ts";

const WIDTH = 300;
const EDGE = 8;

/** Where the offer stands between what nothing is sold below and what it earns: a line with three marks. */
export function Scale({ reasons: { floor, limit, net }, currency }: { reasons: Reasons; currency: string }) {
  if (floor === undefined || net === undefined || net <= 0) return null;
  const from = Math.min(floor, net);
  const to = Math.max(floor, limit ?? 0, net);
  const span = Math.max(1, to - from);
  const x = (amount: number) => EDGE + ((amount - from) / span) * (WIDTH - 2 * EDGE);
  const told = t("staff.scale", {
    floor: money(floor, currency),
    limit: limit === undefined ? "–" : money(limit, currency),
    net: money(net, currency),
  });
  return (
    <figure class="scale">
      <svg viewBox={`0 0 ${WIDTH} 24`} role="img" aria-label={told}>
        <line class="scale-line" x1={EDGE} x2={WIDTH - EDGE} y1="12" y2="12" />
        <line class="scale-floor" x1={x(floor)} x2={x(floor)} y1="4" y2="20" />
        {limit !== undefined && <line class="scale-limit" x1={x(limit)} x2={x(limit)} y1="6" y2="18" />}
        <circle class="scale-net" cx={x(net)} cy="12" r="5" />
      </svg>
      <figcaption>
        <span class="key key-floor">{t("staff.floor")}</span>
        <span class="key key-limit">{t("staff.limit")}</span>
        <span class="key key-net">{t("staff.net")}</span>
      </figcaption>
    </figure>
  );
}
