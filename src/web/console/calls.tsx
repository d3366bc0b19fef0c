import { number, took } from "./figures.ts";
import type { Talk } from "./talk.ts";
import { t } from "./words.ts";

/** Questions put to a language model for a turn: under which prompt, what came back, at what cost. */
export function Calls({ talk, seq }: { talk: Talk; seq: number | null }) {
  const reply = talk.log.value.find((one) => one.seq === seq)?.event;
  const message = reply?.kind === "reply" ? reply.re : null;
  const calls = talk.calls.value.filter(({ concerns }) => concerns === seq || concerns === message);
  if (calls.length === 0) return null;
  return (
    <>
      <h2>{t("staff.calls")}</h2>
      <ul class="calls">
        {calls.map(({ call }, i) => (
          <li key={i}>
            <code>
              {call.prompt}@{call.version}
            </code>{" "}
            <span class="chip">{call.outcome}</span>
            <small>
              {call.model} · {call.tokens ? `${number(call.tokens.in)} + ${number(call.tokens.out)} · ` : ""}
              {call.micro_usd === null ? "" : `$${number(call.micro_usd / 1_000_000, 4)} · `}
              {took(call.ms)}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}
