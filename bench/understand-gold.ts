import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** An item of a gold reading: one product, any of several, or words that name none of the catalogue. */
export interface GoldItem {
  readonly sku?: string;
  readonly any?: readonly string[];
  readonly words?: string;
  readonly quantity?: number;
  readonly unit_price?: number;
}

/** Fields of fixtures/understanding/gold/schema.json; amounts in minor units. */
export interface GoldReading {
  readonly acts: readonly string[];
  readonly items?: readonly GoldItem[];
  readonly remove?: readonly GoldItem[];
  readonly price?: { readonly amount: number; readonly per: "unit" | "total" };
  readonly off_bp?: number;
  readonly terms?: Readonly<Record<string, unknown>>;
  readonly unsure?: string;
}

export interface Goods {
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unit_price: number }[];
  readonly total: number;
}

export interface GoldContext {
  readonly shown?: readonly string[];
  readonly offer?: Goods;
  readonly order?: Goods;
  readonly ask?: "confirm" | "ship_to" | "payer";
  readonly said?: string;
  readonly lang?: "en" | "ko";
}

export interface GoldEntry {
  readonly id: string;
  readonly says: string;
  readonly lang: "en" | "ko";
  readonly currency: "USD" | "KRW";
  readonly context: "nothing" | GoldContext;
  readonly gold: GoldReading;
  readonly or?: GoldReading;
  readonly binds: boolean;
  readonly tags: readonly string[];
}

/** All entries of one half, `dev` or `held`, in the order of their files. */
export function goldOf(root: string, half: "dev" | "held"): GoldEntry[] {
  const folder = join(root, "fixtures/understanding/gold", half);
  return readdirSync(folder)
    .sort()
    .flatMap((name) => parse(readFileSync(join(folder, name), "utf8")) as GoldEntry[]);
}
