import { percent } from "./figures.ts";
import { t } from "./words.ts";

const WIDTH = 56;

/** How much of the discount that the limits allow is given away: a bar, its figures beside it. */
export function Discount({ given, allowed }: { given: number | null; allowed: number | null }) {
  if (given === null) return <span class="none">–</span>;
  const used = allowed ? Math.min(1, given / allowed) : given > 0 ? 1 : 0;
  return (
    <span
      class="discount"
      title={
        allowed === null
          ? percent(given)
          : t("discount.of", { given: percent(given), allowed: percent(allowed) })
      }
    >
      <svg viewBox={`0 0 ${WIDTH} 6`} width={WIDTH} height="6" aria-hidden="true">
        <rect class="bar-ground" width={WIDTH} height="6" rx="3" />
        <rect class={used > 0.85 ? "bar bar-near" : "bar"} width={used * WIDTH} height="6" rx="3" />
      </svg>
      <span class="discount-figures">
        {percent(given)}
        {allowed !== null && <small> / {percent(allowed)}</small>}
      </span>
    </span>
  );
}
