import type { Step } from "./trail.ts";

/** One set, measured: what is printed, and what the last line holds for programs. */
export interface Evaluated {
  /** Rows of one table, its head first. */
  readonly table: readonly (readonly (string | number)[])[];
  /** Everything that went wrong, the worst first. */
  readonly wrong: readonly Wrong[];
  readonly figures: Readonly<Record<string, unknown>>;
  /** Promises seen broken; none where the set is only measured. */
  readonly failures?: readonly string[];
}

export interface Wrong {
  /** The message, question or query. */
  readonly text: string;
  /** Pairs of a name and what it says: `expected`, `read`. */
  readonly says: readonly (readonly [name: string, text: string])[];
  /** Found when it is printed: the functions through which it came about, the last of which decided. */
  readonly decided: () => readonly Step[];
}

/** The table, who decided most of what went wrong, and the worst cases. */
export function printed({ table, wrong }: Evaluated, worst: number): string {
  const lines = [...columns(table), ""];
  const deciders = Map.groupBy(wrong, ({ decided }) => nameOf(decided().at(-1)));
  if (deciders.size > 0) {
    const most = [...deciders].sort((a, b) => b[1].length - a[1].length).slice(0, DECIDERS);
    lines.push(`who decided what went wrong (${wrong.length}):`);
    lines.push(...most.map(([name, of]) => `${String(of.length).padStart(6)}  ${name}`), "");
  }
  for (const { text, says, decided } of wrong.slice(0, worst)) {
    const steps = decided();
    lines.push(JSON.stringify(text));
    for (const [name, said] of says) lines.push(`  ${name.padEnd(9)} ${said}`);
    lines.push(`  decided   ${nameOf(steps.at(-1))}`);
    if (steps.length > 1)
      lines.push(
        `  through   ${steps
          .slice(0, -1)
          .map(({ name }) => name)
          .join(" > ")}`,
      );
  }
  return `${lines.join("\n")}\n`;
}

const DECIDERS = 15;

function nameOf(step: Step | undefined): string {
  return step ? `${step.at} ${step.name}` : "no function that is listened to";
}

/** The first column to the left, numbers to the right. */
function columns(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, String(cell).length);
  return rows.map((row) =>
    row
      .map((cell, at) =>
        at === 0 ? String(cell).padEnd(widths[at] ?? 0) : String(cell).padStart(widths[at] ?? 0),
      )
      .join("  "),
  );
}
