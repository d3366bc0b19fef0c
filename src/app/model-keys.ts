/**
 * The keys of all models where they are not given: OpenAI's own variable is for OpenAI's own servers, and the key of one
 * model is another's only at the same place, for a key must not travel to another address.
 */
export function modelKeys(
  given: Record<string, unknown>,
  openai: string | undefined,
): Record<string, string> {
  const [wording, reading] = [placeOf(given.model), placeOf(given.model_reading)];
  const embedding = placeOf(`:@${given.embed_url ?? ""}`).replace(/^api\.openai\.com$/, OPENAI);
  const own: Record<string, string> = openai ? { [OPENAI]: openai } : {};
  const keys: Record<string, unknown> = {
    model_key: given.model_key ?? own[wording],
    model_reading_key:
      given.model_reading_key ?? (reading === wording ? given.model_key : undefined) ?? own[reading],
    embed_key: given.embed_key ?? (embedding === wording ? given.model_key : undefined) ?? own[embedding],
  };
  return Object.fromEntries(
    Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

const OPENAI = "openai";

/** Whose servers a model is at: an address, or a provider's own. */
function placeOf(line: unknown): string {
  const [, driver = "", provider = ""] = /^\s*([^:]*):([^:]*)/.exec(String(line ?? "")) ?? [];
  const [, address] = /@(https?:\/\/.*)$/.exec(String(line ?? "")) ?? [];
  if (address) return URL.canParse(address) ? new URL(address).host : address;
  return driver === "langchain" ? provider : driver.replace("-chat", "");
}
