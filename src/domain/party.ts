import { z } from "zod";
import { Mandate } from "./mandate.ts";

/** `buyer` bargains; `operator` is vendor staff who may act; `observer` is vendor staff who only watches. */
export const Role = z.enum(["buyer", "operator", "observer"]);
export type Role = z.infer<typeof Role>;

/** How the counterpart meets Parley: it decides whether words are made for reading or for speaking. */
export const Channel = z.enum(["agent", "chat", "voice"]);
export type Channel = z.infer<typeof Channel>;

/**
 * What somebody showed of who it is, weakest first: nothing but perhaps a ticket; a key of the vendor's; a token of an
 * identity provider; a request signed with an agent's published key; a buyer's mandate. Rights rise with it (rights.ts).
 */
export const Tier = z.enum(["anonymous", "api_key", "oauth", "signed", "mandate"]);
export type Tier = z.infer<typeof Tier>;

/** Who a session belongs to, as far as it was shown. `principal` is an opaque name the rights hang on. */
export const Party = z.strictObject({
  principal: z.string().max(200),
  kind: z.enum(["machine", "person"]),
  tier: Tier,
  /** What a person allowed this party to spend, where that was presented. */
  mandate: Mandate.optional(),
});
export type Party = z.infer<typeof Party>;
