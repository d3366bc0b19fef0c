import { seeded } from "../src/arena/random.ts";
import type { Features } from "./confidential-features.ts";

/** Guesses a figure from a row. */
export type Guess = (row: Features) => number;

/** Which columns of the rows, and how what they say is learned. */
interface Recipe {
  readonly name: string;
  readonly learn: (rows: readonly Features[], truth: readonly number[]) => Guess;
}

const FOLDS = 5;
const PENALTIES = [0.01, 0.1, 1, 10, 100];
const TREES = [
  { trees: 60, depth: 2 },
  { trees: 200, depth: 2 },
  { trees: 120, depth: 3 },
];

/**
 * A guess for every row by who never saw it: learned on the other vendors, its recipe chosen by cross-validation among
 * these alone. `focus` names columns that a recipe may confine itself to: more columns than vendors only confuse.
 */
export function guessed(
  rows: readonly Features[],
  truth: readonly number[],
  focus: readonly number[] = [],
): number[] {
  const recipes = recipesFor(rows[0]?.length ?? 0, focus);
  return apart(rows, truth, "outer", (known, figures) => {
    let best = recipes[0] as Recipe;
    let least = Number.POSITIVE_INFINITY;
    for (const recipe of recipes) {
      const error = rmse(apart(known, figures, "inner", recipe.learn), figures);
      if (error < least) [best, least] = [recipe, error];
    }
    return best.learn(known, figures);
  });
}

export function rmse(guesses: readonly number[], truth: readonly number[]): number {
  const sum = guesses.reduce((all, guess, i) => all + (guess - (truth[i] ?? 0)) ** 2, 0);
  return Math.sqrt(sum / truth.length);
}

/** a's error over b's on the same vendors, with the middle 95 % of it over vendors drawn anew. */
export function ratio(a: readonly number[], b: readonly number[], truth: readonly number[]) {
  const random = seeded("bootstrap");
  const drawn = Array.from({ length: 1_000 }, () => {
    const picked = truth.map(() => Math.floor(random() * truth.length));
    const of = (guesses: readonly number[]) => picked.map((i) => guesses[i] ?? 0);
    const figures = of(truth);
    return rmse(of(a), figures) / rmse(of(b), figures);
  }).sort((x, y) => x - y);
  const at = (share: number) => rounded(drawn[Math.floor(share * (drawn.length - 1))] ?? Number.NaN);
  return { value: rounded(rmse(a, truth) / rmse(b, truth)), interval: [at(0.025), at(0.975)] };
}

export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function apart(
  rows: readonly Features[],
  truth: readonly number[],
  name: string,
  learn: (rows: readonly Features[], truth: readonly number[]) => Guess,
): number[] {
  const random = seeded("folds", name, rows.length);
  const order = rows.map((_, i) => ({ i, at: random() })).sort((a, b) => a.at - b.at);
  const guesses = rows.map(() => 0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = new Set(order.filter((_, n) => n % FOLDS === fold).map(({ i }) => i));
    const of = <T>(all: readonly T[]) => all.filter((_, i) => !held.has(i));
    const guess = learn(of(rows), of(truth));
    for (const i of held) guesses[i] = guess(rows[i] ?? []);
  }
  return guesses;
}

function recipesFor(columns: number, focus: readonly number[]): Recipe[] {
  const all = Array.from({ length: columns }, (_, i) => i);
  return [all, ...focus.map((column) => [column]), ...(focus.length > 1 ? [focus] : [])].flatMap((chosen) => [
    ...PENALTIES.map((penalty) => ({
      name: `ridge ${penalty}`,
      learn: on(chosen, (rows, truth) => ridge(rows, truth, penalty)),
    })),
    ...(chosen.length > 1 ? TREES : []).map(({ trees, depth }) => ({
      name: `${trees} trees`,
      learn: on(chosen, (rows, truth) => boosted(rows, truth, trees, depth)),
    })),
  ]);
}

function on(columns: readonly number[], learn: Recipe["learn"]): Recipe["learn"] {
  const of = (row: Features) => columns.map((column) => row[column] ?? 0);
  return (rows, truth) => {
    const guess = learn(rows.map(of), truth);
    return (row) => guess(of(row));
  };
}

/** Least squares on standardised columns, with `penalty` on the squares of the weights. */
function ridge(rows: readonly Features[], truth: readonly number[], penalty: number): Guess {
  const columns = rows[0]?.length ?? 0;
  const mean = Array.from(
    { length: columns },
    (_, c) => rows.reduce((sum, row) => sum + (row[c] ?? 0), 0) / rows.length,
  );
  const spread = mean.map(
    (middle, c) =>
      Math.sqrt(rows.reduce((sum, row) => sum + ((row[c] ?? 0) - middle) ** 2, 0) / rows.length) || 1,
  );
  const scaled = (row: Features) => row.map((value, c) => (value - (mean[c] ?? 0)) / (spread[c] ?? 1));
  const middle = truth.reduce((sum, one) => sum + one, 0) / truth.length;
  const x = rows.map(scaled);
  const a = mean.map((_, i) =>
    mean.map(
      (_, j) => x.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0) + (i === j ? penalty : 0),
    ),
  );
  const b = mean.map((_, i) =>
    x.reduce((sum, row, n) => sum + (row[i] ?? 0) * ((truth[n] ?? 0) - middle), 0),
  );
  const weights = solved(a, b);
  return (row) => scaled(row).reduce((sum, value, i) => sum + value * (weights[i] ?? 0), middle);
}

/** Gaussian elimination with pivots. */
function solved(a: number[][], b: number[]): number[] {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i] ?? 0]);
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(m[r]?.[i] ?? 0) > Math.abs(m[pivot]?.[i] ?? 0)) pivot = r;
    [m[i], m[pivot]] = [m[pivot] as number[], m[i] as number[]];
    const top = m[i] as number[];
    for (let r = i + 1; r < n; r++) {
      const row = m[r] as number[];
      const factor = (row[i] ?? 0) / (top[i] || 1e-12);
      for (let c = i; c <= n; c++) row[c] = (row[c] ?? 0) - factor * (top[c] ?? 0);
    }
  }
  const x = b.map(() => 0);
  for (let i = n - 1; i >= 0; i--) {
    const row = m[i] as number[];
    let sum = row[n] ?? 0;
    for (let c = i + 1; c < n; c++) sum -= (row[c] ?? 0) * (x[c] ?? 0);
    x[i] = sum / (row[i] || 1e-12);
  }
  return x;
}

interface Split {
  readonly column: number;
  readonly at: number;
  readonly low: Tree;
  readonly high: Tree;
}
type Tree = number | Split;

const RATE = 0.08;
const LEAF = 5;

/** Gradient boosting of small regression trees for squared error. */
function boosted(rows: readonly Features[], truth: readonly number[], trees: number, depth: number): Guess {
  const middle = truth.reduce((sum, one) => sum + one, 0) / truth.length;
  const sorted = (rows[0] ?? []).map((_, c) =>
    rows.map((_, i) => i).sort((a, b) => (rows[a]?.[c] ?? 0) - (rows[b]?.[c] ?? 0)),
  );
  const left = truth.map((one) => one - middle);
  const grown: Tree[] = [];
  for (let i = 0; i < trees; i++) {
    const tree = grow(rows, left, sorted, new Set(rows.keys()), depth);
    grown.push(tree);
    for (const [n, row] of rows.entries()) left[n] = (left[n] ?? 0) - RATE * leaf(tree, row);
  }
  return (row) => grown.reduce<number>((sum, tree) => sum + RATE * leaf(tree, row), middle);
}

function leaf(tree: Tree, row: Features): number {
  let at: Tree = tree;
  while (typeof at !== "number") at = (row[at.column] ?? 0) <= at.at ? at.low : at.high;
  return at;
}

function grow(
  rows: readonly Features[],
  left: readonly number[],
  sorted: readonly (readonly number[])[],
  members: ReadonlySet<number>,
  depth: number,
): Tree {
  let total = 0;
  for (const i of members) total += left[i] ?? 0;
  let best: { readonly column: number; readonly at: number } | null = null;
  let most = total ** 2 / members.size + 1e-12;
  for (let column = 0; depth > 0 && column < sorted.length; column++) {
    let [sum, count, before] = [0, 0, Number.NaN];
    for (const i of sorted[column] ?? []) {
      if (!members.has(i)) continue;
      const value = rows[i]?.[column] ?? 0;
      const rest = members.size - count;
      if (count >= LEAF && rest >= LEAF && value > before) {
        const gain = sum ** 2 / count + (total - sum) ** 2 / rest;
        if (gain > most) [best, most] = [{ column, at: (value + before) / 2 }, gain];
      }
      sum += left[i] ?? 0;
      count += 1;
      before = value;
    }
  }
  if (!best) return total / members.size;
  const { column, at } = best;
  const side = (low: boolean) =>
    grow(
      rows,
      left,
      sorted,
      new Set([...members].filter((i) => (rows[i]?.[column] ?? 0) <= at === low)),
      depth - 1,
    );
  return { column, at, low: side(true), high: side(false) };
}
