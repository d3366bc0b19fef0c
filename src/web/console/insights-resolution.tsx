import { useId } from "preact/hooks";
import type { FiguresOfMany, Insights } from "../../protocol/insights.ts";
import { number } from "./figures.ts";
import { t } from "./words.ts";

/** Confirmed by the buyer first, then what is only assumed, never under one name. */
const KINDS = ["bought", "said", "assumed", "unresolved", "going"] as const;
const WIDTH = 400;

/** How conversations ended, people and machines apart: a bar each, and its figures. */
export function Resolution({ figures }: { figures: Insights["figures"] }) {
  const id = useId();
  const parties = [
    { name: t("insights.people"), of: figures.person },
    { name: t("insights.machines"), of: figures.machine },
  ];
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{t("insights.resolution")}</h2>
      <div class="scrolls">
        <table class="figures resolution">
          <thead>
            <tr>
              <td />
              <th scope="colgroup" class="amount" colSpan={2}>
                {t("resolution.confirmed")}
              </th>
              <td colSpan={3} />
            </tr>
            <tr>
              <td />
              {KINDS.map((kind) => (
                <th scope="col" class="amount" key={kind}>
                  <span class={`swatch part-${kind}`} aria-hidden="true" />
                  {t(`resolution.${kind}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parties.map(({ name, of }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {KINDS.map((kind) => (
                  <td class="amount" key={kind}>
                    {number(of.resolution[kind])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {parties.map(({ name, of }) => (
        <Bar key={name} name={name} resolution={of.resolution} />
      ))}
      <p class="hint">{t("insights.resolution-hint")}</p>
    </section>
  );
}

function Bar({ name, resolution }: Pick<FiguresOfMany, "resolution"> & { name: string }) {
  const all = KINDS.reduce((sum, kind) => sum + resolution[kind], 0);
  if (all === 0) return null;
  let from = 0;
  return (
    <div class="parts-of">
      <span aria-hidden="true">{name}</span>
      <svg class="parts" viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true">
        {KINDS.map((kind) => {
          const width = (resolution[kind] / all) * WIDTH;
          const part = <rect key={kind} class={`part-${kind}`} x={from} width={width} height="14" />;
          from += width;
          return part;
        })}
      </svg>
    </div>
  );
}
