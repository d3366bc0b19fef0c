import { z } from "zod";

/** `buyer` bargains; `operator` is vendor staff who may act; `observer` is vendor staff who only watches. */
export const Role = z.enum(["buyer", "operator", "observer"]);
export type Role = z.infer<typeof Role>;

/** How the counterpart meets Parley: it decides whether words are made for reading or for speaking. */
export const Channel = z.enum(["agent", "chat", "voice"]);
export type Channel = z.infer<typeof Channel>;

/** Who a session belongs to, as far as it was shown. `principal` is an opaque name the rights hang on. */
export const Party = z.strictObject({
  principal: z.string().max(200),
  kind: z.enum(["machine", "person"]),
  tier: z.enum(["anonymous", "api_key"]),
});
export type Party = z.infer<typeof Party>;
