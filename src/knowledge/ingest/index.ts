import { csv, tsv } from "./formats/delimited.ts";
import { html } from "./formats/html.ts";
import { json } from "./formats/json.ts";
import { jsonl } from "./formats/jsonl.ts";
import { markdown } from "./formats/markdown.ts";
import { canonical } from "./shapes/canonical.ts";
import { dummyjson } from "./shapes/dummyjson.ts";
import { generic } from "./shapes/generic.ts";
import { icecat } from "./shapes/icecat.ts";
import { merchant } from "./shapes/merchant.ts";
import { faqs, policies } from "./shapes/passages.ts";
import { retailDemo } from "./shapes/retail_demo.ts";
import { schemaOrg } from "./shapes/schema_org.ts";
import { variants } from "./shapes/variants.ts";
import { answers, reviews } from "./shapes/voices.ts";
import type { Format, Shape } from "./source.ts";

/** How rows may be written down, by a file's extension. A new format is one file and one line. */
export const FORMATS: readonly Format[] = [jsonl, json, csv, tsv, html, markdown];

/** What rows may mean; the first whose columns fit takes the file, so the particular stand before the general. */
export const SHAPES: readonly Shape[] = [
  canonical,
  schemaOrg,
  icecat,
  dummyjson,
  retailDemo,
  variants,
  merchant,
  answers,
  faqs,
  reviews,
  generic,
  policies,
];
