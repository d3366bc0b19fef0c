import type { Intent } from "../domain/intents/index.ts";
import type { Found, KnowledgeLookup } from "../domain/lookup.ts";
import { gather } from "../knowledge/gathered.ts";
import { approvingObstacle, type Obstacle } from "../negotiation/binding.ts";
import type { Policy } from "../negotiation/rules.ts";

/** What has to be known of an order's goods before a person's yes may bind it. */
export function approvalLookup({ lines }: Intent): KnowledgeLookup {
  return { kind: "products", skus: [...new Set(lines.map(({ sku }) => sku))] };
}

/** What stands against binding it now, by the vendor's files of now: days may have passed since it was accepted. */
export function approvalObstacle(intent: Intent, found: Found, policy: Policy): Obstacle | null {
  return approvingObstacle(intent, gather([found]).products, policy);
}
