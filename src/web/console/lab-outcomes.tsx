import { useId } from "preact/hooks";
import type { LabOutcome, LabVerdict } from "../../protocol/lab.ts";
import { took } from "./figures.ts";
import * as lab from "./lab-runs.ts";
import { t } from "./words.ts";

/** What became of each fixture of the last run: what flipped first. */
export function Outcomes() {
  const id = useId();
  const result = lab.result.value;
  return (
    <section aria-labelledby={id} aria-busy={lab.running.value}>
      <h2 id={id}>{t("lab.outcomes")}</h2>
      {!result && <p class="empty">{t(lab.running.value ? "limits.working" : "lab.not-run")}</p>}
      {result && (
        <>
          <p class="chips" role="status">
            <span class="chip">{t("lab.flipped", { count: result.counts.flipped })}</span>
            {(["pass", "fail", "stale", "error"] as const).map((verdict) => (
              <span class="chip" key={verdict}>
                {t(`verdict.${verdict}`)} {result.counts[verdict]}
              </span>
            ))}
            <span class="chip">{took(result.ms)}</span>
          </p>
          {result.counts.stale > 0 && <p class="hint">{t("lab.stale-hint")}</p>}
          <ul class="outcomes">
            {result.outcomes.map((outcome) => (
              <Outcome key={outcome.fixture} outcome={outcome} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

export function Verdict({ verdict }: { verdict: LabVerdict }) {
  return <span class={`badge badge-${verdict}`}>{t(`verdict.${verdict}`)}</span>;
}

function Outcome({ outcome }: { outcome: LabOutcome }) {
  const { fixture, about, lang, verdict, before, flipped, problem, unmet, turns } = outcome;
  const changed = turns.filter((turn) => turn.changed.length > 0 || turn.before !== null);
  return (
    <li>
      <details open={flipped || verdict === "fail" || verdict === "error"}>
        <summary>
          <code>{fixture}</code>
          <span>
            {before && before.verdict !== verdict && (
              <>
                <Verdict verdict={before.verdict} /> →{" "}
              </>
            )}
            <Verdict verdict={verdict} />
            {changed.length > 0 && <span class="chip">{t("lab.changed", { count: changed.length })}</span>}
          </span>
        </summary>
        <p class="hint" lang={lang}>
          {about}
        </p>
        {problem && <p class="wrong">{problem}</p>}
        {unmet.map(({ turn, path, wanted, got }) => (
          <p class="wrong" key={`${turn} ${path}`}>
            {t("lab.unmet", { turn, path })} <code>{JSON.stringify(wanted)}</code> · {t("lab.got")}{" "}
            <code>{JSON.stringify(got)}</code>
          </p>
        ))}
        <ol class="turns">
          {(changed.length > 0 ? changed : turns).map(({ n, said, text, before: was, unknown }) => (
            <li key={n} lang={lang}>
              <p class="by">{said}</p>
              {was !== null && <del class="text">{was}</del>}
              {was === null ? <p class="text">{text}</p> : <ins class="text">{text}</ins>}
              {unknown && <p class="hint">{t("lab.unknown")}</p>}
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}
