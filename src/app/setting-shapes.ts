import { isIP } from "node:net";
import { z } from "zod";

/** A list written with commas in the environment, or as a list in a file. */
export const list = z.preprocess(
  (value) =>
    typeof value === "string"
      ? value
          .split(",")
          .map((item) => item.trim())
          .filter(Boolean)
      : value,
  z.array(z.string()),
);

/** `true` and `1`, `false` and `0`. */
export const flag = z.preprocess(
  (value) => (value === "true" || value === "1" ? true : value === "false" || value === "0" ? false : value),
  z.boolean(),
);

/** Dollars for a million tokens, in and out, kept in millionths of a dollar. */
export const price = z
  .string()
  .regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/, "dollars for a million tokens in and out, as 0.25/2")
  .transform((text) => {
    const [input = 0, output = 0] = text.split("/").map(Number);
    return { in: Math.round(input * 1_000_000), out: Math.round(output * 1_000_000) };
  });

/** An address, or a network in CIDR notation. */
export function isBlock(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && +bits <= most));
}
