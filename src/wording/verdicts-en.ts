import { spokenNumber } from "./spoken.ts";
import type { VerdictTemplates } from "./templates.ts";

export const EN_VERDICTS: VerdictTemplates = {
  holds: { yes: "Yes.", no: "No." },
  best: (titles, value, others, { key, way, of }, label) => {
    const many = of ?? titles.length + others.length;
    const than = others.map(({ title, value: other }) => `${other} for the ${title}`).join(" and ");
    const plural = titles.length > 1 || isPlural(titles[0] ?? null);
    const [two, three] = ADJECTIVES[key]?.[way] ?? [];
    const is = plural ? "are" : "is";
    const rest = `: ${value}${than === "" ? "" : `, against ${than}`}.`;
    const whose = titles.join(" and the ");
    if (two === undefined) {
      const [more, most] = way === "most" ? ["higher", "highest"] : ["lower", "lowest"];
      return `For ${lower(label)}, the ${whose} ${plural ? "have" : "has"} the ${many > 2 ? most : more} figure${rest}`;
    }
    return `The ${whose} ${is} ${many > 2 ? `the ${three} of the ${spokenNumber(many, "en")}` : two}${rest}`;
  },
  alike: (label, value, of) =>
    `${of === 2 ? "Both" : "All three"} are alike in that. ${label}: ${value} each.`,
  each: (label, shown) => {
    const stated = shown.flatMap(({ title, value }) => (value === null ? [] : [`${title} ${value}`]));
    const open = shown.flatMap(({ title, value }) => (value === null ? [`the ${title}`] : []));
    const rest = open.length === 0 ? "" : ` It is not stated for ${open.join(" and ")}.`;
    return `${label}: ${stated.join("; ")}.${rest}`;
  },
};

/** For two, and for more. */
const ADJECTIVES: Readonly<
  Record<string, Partial<Readonly<Record<"most" | "least", readonly [string, string]>>>>
> = {
  price: { least: ["cheaper", "cheapest"], most: ["more expensive", "most expensive"] },
  weight: { least: ["lighter", "lightest"], most: ["heavier", "heaviest"] },
  rating: { most: ["better rated", "best rated"], least: ["rated lower", "lowest rated"] },
  brightness: { most: ["brighter", "brightest"], least: ["dimmer", "dimmest"] },
  width: { most: ["wider", "widest"], least: ["narrower", "narrowest"] },
  height: { most: ["taller", "tallest"], least: ["lower", "lowest"] },
  noise: { least: ["quieter", "quietest"], most: ["louder", "loudest"] },
};

/** A label in the middle of a sentence; a name in capitals stays. */
function lower(label: string): string {
  return /^[A-Z][^A-Z]+$/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** "Headphones", "Desk Two Speakers, Black": what stands before the first comma names more than one. */
export function isPlural(subject: string | null): boolean {
  return /[^su\W]s$/i.test((subject ?? "").split(",")[0]?.trim() ?? "");
}
