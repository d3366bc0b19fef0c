import { withParticle } from "./particle.ts";
import { koreanCount } from "./spoken-ko.ts";
import type { VerdictTemplates } from "./templates.ts";

export const KO_VERDICTS: VerdictTemplates = {
  holds: { yes: "네.", no: "아니요." },
  best: (titles, value, others, { key, way, of }, label) => {
    const many = of ?? titles.length + others.length;
    const more = many > 2;
    const how = HOW[key]?.[way];
    const rest = others
      .map(({ title, value: other }) => `${withParticle(title, "은/는")} ${other}`)
      .join(", ");
    const among = more ? `${koreanCount(many, "개")} 중에서는 ` : "";
    const whose = withParticle(titles.join(", "), "이/가");
    const degree = more ? "가장" : "더";
    const head = how
      ? `${among}${whose} ${degree} ${how}.`
      : `${among}${withParticle(label, "은/는")} ${whose} ${degree} ${way === "most" ? "커요" : "작아요"}.`;
    return rest === ""
      ? `${head} ${withParticle(value, "이에요/예요")}.`
      : `${head} ${value}이고, ${withParticle(rest, "이에요/예요")}.`;
  },
  alike: (label, value, of) =>
    `${of === 2 ? "둘 다" : "셋 다"} 같아요. ${withParticle(label, "은/는")} 모두 ${withParticle(value, "이에요/예요")}.`,
  each: (label, shown) => {
    const stated = shown.flatMap(({ title, value }) =>
      value === null ? [] : [`${withParticle(title, "은/는")} ${value}`],
    );
    const open = shown.flatMap(({ title, value }) => (value === null ? [title] : []));
    const all = stated.join(", ");
    const end = /(?:예|아니요)$/.test(all) ? `${all}라고 나와 있어요` : withParticle(all, "이에요/예요");
    const rest = open.length === 0 ? "" : ` ${open.join(", ")}에는 그 안내가 없어요.`;
    return `${withParticle(label, "을/를")} 볼게요. ${end}.${rest}`;
  },
};

const HOW: Readonly<Record<string, Partial<Readonly<Record<"most" | "least", string>>>>> = {
  price: { least: "저렴해요", most: "비싸요" },
  weight: { least: "가벼워요", most: "무거워요" },
  battery_life: { most: "오래가요", least: "짧아요" },
  rating: { most: "평점이 높아요", least: "평점이 낮아요" },
  review_count: { most: "후기가 많아요", least: "후기가 적어요" },
  brightness: { most: "밝아요", least: "어두워요" },
  width: { most: "넓어요", least: "좁아요" },
  screen_size: { most: "화면이 커요", least: "화면이 작아요" },
  noise: { least: "조용해요", most: "시끄러워요" },
};
