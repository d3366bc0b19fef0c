import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

export const WHERE = process.env.PARLEY_CHROMIUM ?? "/usr/bin/chromium";

/** Chromium as it is installed; null where there is none. `PARLEY_CHROMIUM` names another place. */
export const CHROMIUM: string | null = existsSync(WHERE) ? WHERE : null;

/** Launches it; whoever does so closes it. */
export function launch(): Promise<Browser> {
  if (CHROMIUM === null)
    throw new Error(`there is no Chromium at ${WHERE}; PARLEY_CHROMIUM names another place`);
  // Chromium's own sandbox does not work for root, which containers often are.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: CHROMIUM, args });
}
