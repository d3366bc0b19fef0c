import type { Item, WantedLine } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Edit } from "./edits.ts";
import type { Setting } from "./setting.ts";
import { type Goods, itemFor, lineFor, onOffer, swapped } from "./table.ts";

/** Collects what edits come to. Counts that build on those that stand are taken from the live offer. */
export class Order {
  readonly lines: WantedLine[] = [];
  readonly remove: Item[] = [];
  /** Something that stands is changed, so that the rest of it stays. */
  changes = false;
  readonly #setting: Setting;
  readonly #named = new Set<string>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** False when it cannot be told what the edit comes to. */
  takes(edit: Edit): boolean {
    switch (edit.op) {
      case "set":
        return this.#set(edit.goods, edit.count);
      case "only":
        return this.#only(edit.goods, edit.count);
      case "more":
        return this.#by(edit.goods, (standing) => standing + edit.count, edit.count);
      case "less":
        return this.#by(edit.goods, (standing) => standing - edit.count, null);
      case "times":
        return this.#by(edit.goods, (standing) => standing * edit.by, null);
      case "remove":
        return this.#away(edit.goods);
      case "keep":
        return this.#kept(edit.goods);
      case "swap":
        return this.#swap(edit.goods, edit.into, edit.count);
      case "part":
        return this.#part(edit.count, edit.into);
      case "every":
        return this.#every(edit.count, edit.first);
      case "rest":
        return this.#rest(edit.count);
    }
  }

  #set(goods: Goods, count: number | null): boolean {
    const item = itemFor(goods, this.#setting);
    if (!item) return false;
    this.#note(item);
    const same = this.lines.findIndex((line) => JSON.stringify(line.item) === JSON.stringify(item));
    const line = { item, ...(count === null ? {} : { quantity: count }) };
    if (same < 0) this.lines.push(line);
    else this.lines[same] = line;
    return count === null || (count >= 1 && count <= BOUNDS.quantity);
  }

  #only(goods: Goods, count: number | null): boolean {
    const line = lineFor(goods, this.#setting);
    if (!line) return false;
    this.#named.add(line.sku);
    if (count !== null && !this.#set(goods, count)) return false;
    return this.#rest(null);
  }

  #by(goods: Goods, change: (standing: number) => number, fresh: number | null): boolean {
    const line = lineFor(goods, this.#setting);
    if (!line) return fresh !== null && this.#beside(goods, fresh);
    const count = change(line.quantity);
    if (!Number.isInteger(count) || count < 0) return false;
    this.changes = true;
    return count === 0 ? this.#away(goods) : this.#set(goods, count);
  }

  /** More of what is not on the offer is something beside it. */
  #beside(goods: Goods, count: number): boolean {
    this.changes = this.#setting.offer !== null;
    return this.#set(goods, count);
  }

  #away(goods: Goods): boolean {
    const item = itemFor(goods, this.#setting);
    // What was never on the order is only said to be left out of it.
    if (!this.#setting.offer) return item !== null;
    if (!item) return false;
    this.#note(item);
    this.remove.push(item);
    return true;
  }

  #kept(goods: Goods): boolean {
    const line = lineFor(goods, this.#setting);
    if (line) this.#named.add(line.sku);
    this.changes = true;
    return line !== null;
  }

  #swap(goods: Goods | null, into: Goods, count: number | null): boolean {
    const made = swapped(goods, into, this.#setting);
    if (!made) return false;
    this.changes = true;
    this.#named.add(made.line.sku);
    this.lines.push({ item: made.item, quantity: count ?? made.line.quantity });
    this.remove.push({ sku: made.line.sku });
    return true;
  }

  /** "Make one of them white": so many of the one line become another, and the others stay. */
  #part(count: number, into: Goods): boolean {
    const made = swapped(null, into, this.#setting);
    if (!made || count >= made.line.quantity) return false;
    this.changes = true;
    this.lines.push({ item: { sku: made.line.sku }, quantity: made.line.quantity - count });
    this.lines.push({ item: made.item, quantity: count });
    return true;
  }

  #every(count: number | null, first?: number): boolean {
    const { offer, state } = this.#setting;
    const skus = offer ? onOffer(offer).map(({ sku }) => sku) : state.focus.map(({ sku }) => sku);
    const some = skus.slice(0, first ?? skus.length);
    if (some.length < 2 || (first !== undefined && skus.length < first)) return false;
    if (offer && first !== undefined) for (const sku of skus.slice(first)) this.remove.push({ sku });
    for (const sku of some) {
      this.#named.add(sku);
      if (count !== null || !offer) this.lines.push({ item: { sku }, quantity: count ?? 1 });
    }
    return true;
  }

  #rest(count: number | null): boolean {
    const { offer } = this.#setting;
    const others = offer ? onOffer(offer).filter(({ sku }) => !this.#named.has(sku)) : [];
    if (others.length === 0) return this.changes;
    this.changes = true;
    for (const { sku } of others) {
      if (count === null) this.remove.push({ sku });
      else this.lines.push({ item: { sku }, quantity: count });
    }
    return true;
  }

  #note(item: Item): void {
    if (!("sku" in item)) return;
    this.#named.add(item.sku);
    this.changes ||= this.#setting.offer !== null;
  }
}
