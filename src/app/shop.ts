import type { Shop } from "../arena/conversation.ts";
import type { Limits } from "../domain/limits.ts";
import { type Goods, readVendor } from "./vendor.ts";

export interface ShopOptions {
  /** Limits in the stead of the folder's own. */
  readonly limitsFile?: string;
  /** Is told what is odd in its files; without it stderr is. */
  readonly warn?: (line: string) => void;
}

/** A vendor's folder as a shop in memory, or its goods under other limits. Throws what a start would. */
export async function shopOf(
  folder: string,
  goods: Goods,
  drawsOf: (limits: Limits) => Shop["draws"],
  { limitsFile, warn = (line) => void process.stderr.write(`${line}\n`) }: ShopOptions = {},
): Promise<Shop> {
  const { vendor, limits, warnings } = await readVendor(folder, goods, limitsFile);
  for (const warning of warnings) warn(warning);
  const known = goods.products.map((product) => {
    const stock = product.stock ?? vendor.default_stock;
    return [product.id, { product, version: "1", live: true, stock }] as const;
  });
  const bundles = goods.bundles.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const draws = drawsOf(limits);
  return { vendor, limits, products: new Map(known), bundles, ...(draws ? { draws } : {}) };
}
