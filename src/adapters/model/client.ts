import type OpenAI from "openai";

/** Longer than any deadline: the caller's signal ends a request, nothing else does. */
const NEVER_MS = 2_147_483_647;

/** The official client, which reads nothing of the environment, tries nothing again and logs nothing. */
export async function openClient(
  base_url: string,
  key: string | undefined,
  fetching: typeof fetch,
): Promise<OpenAI> {
  const { default: Client } = await import("openai");
  return new Client({
    apiKey: key ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: base_url,
    maxRetries: 0,
    timeout: NEVER_MS,
    logLevel: "off",
    fetch: fetching,
    ...(key === undefined ? { defaultHeaders: { Authorization: null } } : {}),
  });
}
