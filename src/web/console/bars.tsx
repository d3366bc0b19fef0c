const WIDTH = 120;
const HEIGHT = 6;

/** Two figures beside each other, the live one above: for those who see it, since the same figures stand in words in its table. */
export function Bars({ live, tried, most }: { live: number | null; tried: number | null; most: number }) {
  const wide = (value: number | null) => (most > 0 ? (Math.max(0, value ?? 0) / most) * WIDTH : 0);
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${WIDTH} ${2 * HEIGHT + 2}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="bar-live" width={wide(live)} height={HEIGHT} />
      <rect class="bar" y={HEIGHT + 2} width={wide(tried)} height={HEIGHT} />
    </svg>
  );
}

/** A difference with its interval, and where nothing changes: what reaches over that line may be chance. */
export function Interval({ low, mean, high }: { low: number; mean: number; high: number }) {
  const far = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const x = (value: number) => WIDTH / 2 + (value / far) * (WIDTH / 2 - 4);
  return (
    <svg class="interval" viewBox={`0 0 ${WIDTH} 12`} aria-hidden="true">
      <line class="interval-none" x1={WIDTH / 2} x2={WIDTH / 2} y1="0" y2="12" />
      <line class="interval-span" x1={x(low)} x2={x(high)} y1="6" y2="6" />
      <circle class="interval-mean" cx={x(mean)} cy="6" r="3" />
    </svg>
  );
}

/** A part of a whole, whose figures stand beside it. */
export function Share({ part, of }: { part: number; of: number }) {
  return (
    <svg class="share" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" width={WIDTH} height={HEIGHT} />
      <rect class="bar" width={of > 0 ? (Math.min(part, of) / of) * WIDTH : 0} height={HEIGHT} />
    </svg>
  );
}
