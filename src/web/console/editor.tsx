import { useId, useRef } from "preact/hooks";
import { t } from "./words.ts";

export interface Problem {
  readonly line: number | null;
  readonly message: string;
}

interface EditorProps {
  readonly label: string;
  readonly value: string;
  readonly problems: readonly Problem[];
  readonly readOnly?: boolean;
  onInput(text: string): void;
}

const LINE_PX = 20;

/** Text with numbered lines; what is wrong in it is listed beneath, and each leads to its line. */
export function Editor({ label, value, problems, readOnly, onInput }: EditorProps) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const lines = value.split("\n");
  const bad = new Set(problems.map(({ line }) => line));
  const show = (line: number) => {
    const { current } = box;
    if (!current) return;
    const from = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    current.focus();
    current.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    current.scrollTop = (line - 4) * LINE_PX;
  };
  return (
    <div class="editor-box">
      <div class="editor">
        <ol class="gutter" ref={gutter} aria-hidden="true">
          {lines.map((_, i) => (
            <li key={i} class={bad.has(i + 1) ? "bad" : undefined}>
              {i + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={box}
          aria-label={label}
          aria-invalid={problems.length > 0}
          aria-describedby={`${id}-problems`}
          readOnly={readOnly}
          wrap="off"
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
          onScroll={({ currentTarget }) => {
            if (gutter.current) gutter.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      <div role="alert">
        <ul class="problems" id={`${id}-problems`}>
          {problems.map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              {line !== null && (
                <button type="button" class="link" onClick={() => show(line)}>
                  {t("editor.line", { line })}
                </button>
              )}{" "}
              {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
