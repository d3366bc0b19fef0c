import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import type { ParleyFault } from "../../protocol/codes.ts";
import type { LimitsLive, LimitsPreview } from "../../protocol/limits.ts";
import * as api from "./api.ts";
import { Editor } from "./editor.tsx";
import { instant, number } from "./figures.ts";
import { Preview } from "./limits-preview.tsx";
import { tell } from "./notices.ts";
import { Refusal } from "./refusal.tsx";
import { asFault } from "./request.ts";
import { Head } from "./shell.tsx";
import { type, typed } from "./typed.ts";
import { t } from "./words.ts";

/** How many to try a change on: more take longer and leave less to chance. */
const VISITORS = [100, 300, 1_000] as const;
const PLACE = "limits";
const LIMITS_FILE = "limits.yaml";

/** The secret policy: changed here, tried on simulated buyers beside the one that is live, then put in its place. */
export function LimitsPage() {
  const live = useSignal<LimitsLive | null>(null);
  const preview = useSignal<{ readonly of: string; readonly found: LimitsPreview } | null>(null);
  const fault = useSignal<ParleyFault | null>(null);
  const busy = useSignal(false);
  const currency = useSignal("");
  const visitors = useSignal<number>(VISITORS[1]);
  const id = useId();
  const text = typed(PLACE) || live.value?.live || "";
  const tried = `${visitors.value} ${currency.value} ${text}`;
  const changed = live.value !== null && text !== live.value.live;
  const act = async (work: () => Promise<void>) => {
    busy.value = true;
    try {
      await work();
      fault.value = null;
    } catch (error) {
      fault.value = asFault(error);
    }
    busy.value = false;
  };
  const load = () =>
    act(async () => {
      live.value = await api.limits();
    });
  useEffect(() => void load(), []);
  const tryOut = () =>
    act(async () => {
      preview.value = { of: tried, found: await api.previewLimits(text, visitors.value, currency.value) };
    });
  const put = () =>
    act(async () => {
      await api.putLimits(text, live.value?.digest ?? "");
      live.value = await api.limits();
      type(PLACE, "");
      preview.value = null;
      tell(t("limits.live-now"));
    });
  const fresh = preview.value?.of === tried ? preview.value.found : null;
  const problems = (fresh?.problems ?? []).map(({ file, line, problem }) => ({
    line: file.endsWith(LIMITS_FILE) ? line : null,
    message: file.endsWith(LIMITS_FILE) ? problem : `${file}: ${problem}`,
  }));
  return (
    <>
      <Head title={t("page.limits")} />
      <p class="lead">{t("limits.lead")}</p>
      <Refusal fault={fault.value} />
      <div class="columns columns-even">
        <section aria-labelledby={`${id}-text`}>
          <h2 id={`${id}-text`}>{t("limits.text")}</h2>
          <Editor
            label={t("limits.text")}
            value={text}
            problems={problems}
            onInput={(next) => type(PLACE, next === live.value?.live ? "" : next)}
          />
          <p class="buttons">
            <CurrencyChoice live={live.value} chosen={currency} />
            <select
              aria-label={t("limits.visitors")}
              value={visitors.value}
              onChange={({ currentTarget }) => {
                visitors.value = Number(currentTarget.value);
              }}
            >
              {VISITORS.map((count) => (
                <option key={count} value={count}>
                  {t("limits.visitors-of", { count: number(count) })}
                </option>
              ))}
            </select>
          </p>
          <p class="buttons">
            <button
              type="button"
              class="primary"
              disabled={busy.value || !changed}
              onClick={() => void tryOut()}
            >
              {t(busy.value ? "limits.working" : "limits.try")}
            </button>
            <button
              type="button"
              disabled={busy.value || !changed || !fresh || problems.length > 0}
              onClick={() => void put()}
            >
              {t("limits.put")}
            </button>
            <button type="button" class="quiet" disabled={!changed} onClick={() => type(PLACE, "")}>
              {t("limits.undo")}
            </button>
          </p>
          <Changes changes={live.value?.changes ?? []} />
        </section>
        <section aria-labelledby={`${id}-preview`}>
          <h2 id={`${id}-preview`}>{t("limits.preview")}</h2>
          {fresh ? (
            <Preview found={fresh} />
          ) : (
            <p class="empty">{t(changed ? "limits.not-tried" : "limits.unchanged")}</p>
          )}
        </section>
      </div>
    </>
  );
}

/** Simulated visitors pay in one currency; a comparison with another one is none of this text's any more. */
function CurrencyChoice({ live, chosen }: { live: LimitsLive | null; chosen: Signal<string> }) {
  if (!live || live.currencies.length < 2) return null;
  return (
    <select
      aria-label={t("insights.currency")}
      value={chosen.value || live.currencies[0]}
      onChange={({ currentTarget }) => {
        chosen.value = currentTarget.value;
      }}
    >
      {live.currencies.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}

/** Who changed the limits last. */
function Changes({ changes }: Pick<LimitsLive, "changes">) {
  if (changes.length === 0) return null;
  return (
    <details class="changes">
      <summary>{t("limits.changes")}</summary>
      <ul>
        {changes.map(({ at, by, after }) => (
          <li key={`${at} ${after}`}>
            {instant(at)} · {by} <code>{after.slice(0, 12)}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
