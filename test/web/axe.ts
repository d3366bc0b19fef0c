import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What stands against the rules of accessibility on the page as it is now, or in one element of it, a line each; with shadow
 * roots. `colours`: only what may have changed with a theme.
 */
export async function violations(
  page: Page,
  rules: "all" | "colours" = "all",
  within = "html",
): Promise<string[]> {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(SOURCE);
  const only =
    rules === "all" ? "" : ", runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }";
  const run = `axe.run(${JSON.stringify(within)}, { resultTypes: ["violations"]${only} })`;
  const results = (await page.evaluate(run)) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}
