import { useEffect, useId } from "preact/hooks";
import { Editor } from "./editor.tsx";
import { instant } from "./figures.ts";
import { Outcomes, Verdict } from "./lab-outcomes.tsx";
import * as lab from "./lab-runs.ts";
import { tell } from "./notices.ts";
import { Refusal } from "./refusal.tsx";
import { filter, route } from "./route.ts";
import { may } from "./session.ts";
import { Head } from "./shell.tsx";
import { t } from "./words.ts";

/** Conversations that must not break, and what a changed prompt would do to each of them. */
export function LabPage() {
  const { prompt = "", fixture = "" } = route.value.query;
  useEffect(() => void lab.load(), []);
  const found = lab.overview.value;
  const name = prompt || lab.names.value[0] || "";
  return (
    <>
      <Head title={t("page.lab")} />
      <p class="lead">{t("lab.lead")}</p>
      <Refusal fault={lab.fault.value} />
      {!found && !lab.fault.value && <p class="empty">{t("inbox.loading")}</p>}
      {found && (
        <div class="columns columns-even">
          <div>
            {name !== "" && <Prompt name={name} fixture={fixture} />}
            <Fixtures chosen={fixture} />
          </div>
          <Outcomes />
        </div>
      )}
    </>
  );
}

function Prompt({ name, fixture }: { name: string; fixture: string }) {
  const id = useId();
  const edited = lab.isEdited(name);
  const busy = lab.running.value;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t("lab.prompt")}</h2>
      <p class="buttons">
        <select
          aria-label={t("lab.prompt")}
          value={name}
          onChange={({ currentTarget }) => filter({ prompt: currentTarget.value })}
        >
          {lab.names.value.map((one) => (
            <option key={one} value={one}>
              {one}
              {lab.isEdited(one) ? " *" : ""}
            </option>
          ))}
        </select>
        {may("agent") && (
          <>
            <button type="button" class="primary" disabled={busy} onClick={() => void lab.run(name, null)}>
              {t(busy ? "limits.working" : edited ? "lab.try-all" : "lab.run-all")}
            </button>
            {fixture !== "" && (
              <button type="button" disabled={busy} onClick={() => void lab.run(name, fixture)}>
                {t("lab.run-one")}
              </button>
            )}
          </>
        )}
        {may("manager") && (
          <button
            type="button"
            disabled={busy || !edited}
            onClick={async () => {
              if (await lab.save(name)) tell(t("lab.saved"));
            }}
          >
            {t("lab.save")}
          </button>
        )}
        {may("agent") && (
          <button type="button" class="quiet" disabled={!edited} onClick={() => lab.edit(name, "")}>
            {t("limits.undo")}
          </button>
        )}
      </p>
      <Editor
        label={t("lab.prompt")}
        value={lab.textOf(name)}
        problems={[]}
        readOnly={!may("agent")}
        onInput={(text) => lab.edit(name, text)}
      />
    </section>
  );
}

function Fixtures({ chosen }: { chosen: string }) {
  const id = useId();
  const found = lab.overview.value;
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{t("lab.fixtures", { count: found?.fixtures.length ?? 0 })}</h2>
      {found?.problems.map((problem) => (
        <p class="refusal" key={problem}>
          {problem}
        </p>
      ))}
      <ul class="fixtures">
        {found?.fixtures.map(({ id: fixture, about, lang, learned, last }) => (
          <li key={fixture}>
            <button
              type="button"
              aria-pressed={fixture === chosen}
              onClick={() => filter({ fixture: fixture === chosen ? "" : fixture })}
            >
              <span>
                <code>{fixture}</code> {learned && <span class="chip">{t("lab.learned")}</span>}
                <small lang={lang}>{about}</small>
              </span>
              <span title={last ? `${instant(last.at)}, ${last.by}` : undefined}>
                {last ? <Verdict verdict={last.verdict} /> : <small>{t("lab.never")}</small>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
