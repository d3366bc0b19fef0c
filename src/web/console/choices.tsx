interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly options: readonly {
    readonly value: T;
    readonly name: string;
    readonly count?: number | undefined;
    readonly disabled?: boolean;
  }[];
  readonly chosen: T;
  onChoose(value: T): void;
}

/** One of a few, all of them in sight. */
export function Choices<T extends string>({ label, options, chosen, onChoose }: ChoicesProps<T>) {
  return (
    <ul class="tabs" aria-label={label}>
      {options.map(({ value, name, count, disabled }) => (
        <li key={value}>
          <button
            type="button"
            aria-pressed={value === chosen}
            disabled={disabled}
            onClick={() => onChoose(value)}
          >
            {name}
            {count !== undefined && <span class="count">{count}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
