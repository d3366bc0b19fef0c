/** A product as `GET /v1/shop` gives it; `price` in minor units, null where it is not sold in that currency. */
export interface Good {
  readonly sku: string;
  readonly title: string;
  readonly brand?: string;
  readonly category: string;
  readonly currency: string;
  readonly price: number | null;
  readonly description: string;
  readonly in_stock: boolean;
  readonly image: string | null;
  readonly specs: readonly { readonly label: string; readonly value: string }[];
}

export interface Shelf {
  readonly name: string;
  readonly languages: readonly string[];
  readonly currencies: readonly string[];
  readonly currency: string;
  readonly products: readonly Good[];
}

/** What the shop has of a category, or what fits words. Rejects when it cannot be had. */
export async function goods(asked: Readonly<Record<string, string>>): Promise<Shelf> {
  const answer = await fetch(`/v1/shop?${new URLSearchParams(asked)}`);
  if (!answer.ok) throw new Error(`the shop answered ${answer.status}`);
  return answer.json();
}

/** Kinds of goods with a drawing of their own; the rest have their department's. */
const DRAWN = new Set([
  ...[
    "laptops",
    "monitors",
    "headphones",
    "speakers",
    "coffee-beans",
    "coffee-machines",
    "kettles",
    "chairs",
  ],
  ...["desks", "printers", "air-purifiers", "lighting", "humidifiers"],
]);
const DEPARTMENTS: Readonly<Record<string, string>> = {
  ...{ computers: "computers", audio: "headphones", phones: "phones", office: "office" },
  ...{ kitchen: "coffee-machines", home: "lighting", "smart-home": "smart-home", consumables: "consumables" },
};

/** The product's own picture, or a drawing of its kind. */
export function pictureOf({ image, category }: Pick<Good, "image" | "category">): string {
  const [department = "", kind = ""] = category.split("/");
  return image ?? `/shop/pictures/${DRAWN.has(kind) ? kind : (DEPARTMENTS[department] ?? "consumables")}.svg`;
}
