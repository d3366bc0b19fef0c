import { expect, test } from "vitest";
import { addressAt } from "../../src/arena/address.ts";
import { isComplete, type ShipTo } from "../../src/domain/order.ts";
import { Vendor } from "../../src/domain/vendor.ts";
import { placeOf, samePlace } from "../../src/negotiation/place.ts";
import { VENDOR } from "../negotiation/shop.ts";

const rates = { CA: 725, MA: 625, NH: 0, ME: 550, RI: 700, VT: 600, CT: 635, NJ: 663, NY: 400, PA: 600 };
const vendor = Vendor.parse({
  ...VENDOR,
  markets: [
    {
      ...{
        country: "US",
        currency: "USD",
        zones: [{ id: "islands", postal_prefixes: ["006", "009", "967"] }],
      },
      tax: { name: "Sales tax", treatment: "added", rate_bp: 500, regions: rates },
    },
    {
      ...{ country: "KR", currency: "KRW", zones: [{ id: "jeju", postal_prefixes: ["63"] }] },
      tax: { name: "VAT", treatment: "included", rate_bp: 1_000 },
    },
    { country: "DE", currency: "EUR", tax: { name: "VAT", treatment: "included", rate_bp: 1_900 } },
  ],
});

test.each<[string, ShipTo]>([
  ["USD", { country: "US" }],
  ["USD", { country: "US", region: "NH" }],
  ["USD", { country: "US", region: "CA" }],
  ["USD", { country: "US", postal_code: "96701" }],
  ["KRW", { country: "KR" }],
  ["KRW", { country: "KR", region: "제주" }],
  ["EUR", { country: "DE" }],
])(
  "a visitor who is offered goods in %s to %j has a whole address where they cost the same",
  (currency, ship_to) => {
    const address = addressAt(vendor, currency, ship_to);
    const [asked, there] = [ship_to, address].map((to) => placeOf(vendor, currency, to));
    expect(isComplete(address)).toBe(true);
    expect(asked && there && samePlace(asked, there)).toBe(true);
  },
);
