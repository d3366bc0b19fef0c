/** A request for words, taken apart again: what a model is told. */
export interface Told {
  readonly lang: "en" | "ko";
  readonly formal: boolean;
  readonly act: string;
  /** Rows of the brief without their dash. */
  readonly rows: readonly string[];
  readonly why: string;
  readonly total: string;
  readonly question: string;
  readonly data: Readonly<Record<string, string>>;
}

export function toldIn(user: string): Told {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(user)?.[1] ?? "";
  const data = Object.fromEntries(
    [...user.matchAll(/<data name="([\w-]+)">("(?:[^"\\]|\\.)*")<\/data>/g)].map(([, name, words]) => [
      name,
      JSON.parse(words ?? '""') as string,
    ]),
  );
  const plain = user.replace(/<data [^>]*>.*?<\/data>/gs, "");
  return {
    lang: field("Language") === "Korean" ? "ko" : "en",
    formal: field("Register") === "합니다체",
    act: field("Act"),
    rows: [...plain.matchAll(/^- (.*)$/gm)].map(([, row = ""]) => row),
    why: field("Why"),
    total: /the all-in total of (?:the offer|package 1): (.+)$/m.exec(plain)?.[1] ?? "",
    question: /this question and no other: (.+)$/m.exec(plain)?.[1] ?? "",
    data,
  };
}

/** True words for what a model is told, in sentences of its own; a few acts leave no room but for the house's. */
export function truthfully(told: Told): { readonly text: string; readonly speech: string } {
  const body = (told.lang === "ko" ? korean : english)(told).filter((part) => part !== "");
  const paragraphs = told.question === "" ? body : [...body, told.question];
  const [opening = ""] = body;
  const speech = [opening.split("\n")[0], told.question].join(" ").trim();
  return { text: paragraphs.join("\n\n"), speech: speech.slice(0, 300) };
}

function english(told: Told): string[] {
  const { act, why, total, data } = told;
  const lines = offered(told).map(
    ({ title, count, price }) => `${count} × ${title} at ${price}${each(told, " each")}`,
  );
  const deal = lines.length > 0 ? `${lines.join(", ")}.` : "";
  const sum = total === "" ? "" : `That makes ${total} with everything in it.`;
  switch (act) {
    case "offer":
      return [`I've put this together for you: ${deal} ${sum}`];
    case "counter":
      return [`${why} I can do this instead: ${deal} ${sum}`.trim()];
    case "final_offer":
      return [`${why} This is my last word on it: ${deal} ${sum}`.trim()];
    case "results":
      return ["These are the ones I found for you:", shown(told)];
    case "comparison":
      return ["Let me put them next to each other.", compared(told)];
    case "inform":
      return told.total !== "" || (data.facts ?? "") === ""
        ? house(told)
        : ["Here is what I know.", facts(told)];
    case "unknown":
      return (data.facts ?? "").includes("does not answer")
        ? ["I looked, but our shop's information doesn't say. I've noted your question."]
        : house(told);
    case "clarify":
      return choices(told) === "" ? [why] : ["Several of ours fit that:", choices(told)];
    case "accepted":
      return [`Your order is placed, and the shop has yet to confirm it. ${sum}`];
    case "approval_pending":
      return [`A person has to approve this order first, and nothing is binding until then. ${sum}`];
    default:
      return house(told);
  }
}

function korean(told: Told): string[] {
  const { act, total, data, formal } = told;
  const end = (polite: string, high: string) => (formal ? high : polite);
  const lines = offered(told).map(
    ({ title, count, price }) => `${title} ${count}개, ${each(told, "개당 ")}${price}`,
  );
  const deal = lines.length > 0 ? `${lines.join(", ")}${end("이에요.", "입니다.")}` : "";
  const sum = total === "" ? "" : `모두 포함해서 ${total}${end("이에요.", "입니다.")}`;
  const first = (data.house ?? "").split("\n")[0] ?? "";
  switch (act) {
    case "offer":
      return [`${end("이렇게 준비해 드릴 수 있어요.", "이렇게 준비해 드릴 수 있습니다.")} ${deal} ${sum}`];
    case "counter":
      return [`${first} ${deal} ${sum}`];
    case "final_offer":
      return [`${end("이게 마지막 제안이에요.", "이것이 마지막 제안입니다.")} ${deal} ${sum}`];
    case "results":
      return [end("찾아보니 이런 상품이 있어요.", "찾아보니 이런 상품이 있습니다."), shown(told)];
    case "comparison":
      return [end("나란히 놓고 볼게요.", "나란히 놓고 보겠습니다."), compared(told)];
    case "inform":
      return told.total !== "" || (data.facts ?? "") === ""
        ? house(told)
        : [end("확인해 보니 이래요.", "확인한 내용입니다."), facts(told)];
    case "unknown":
      return (data.facts ?? "").includes("does not answer")
        ? [
            end(
              "가게 정보에는 없는 내용이라 질문을 적어 두었어요.",
              "가게 정보에는 없는 내용이라 질문을 적어 두었습니다.",
            ),
          ]
        : house(told);
    case "clarify":
      return choices(told) === ""
        ? [first]
        : [end("이 가운데 하나를 골라 주세요.", "이 가운데 하나를 골라 주십시오."), choices(told)];
    case "accepted":
      return [
        `${end("주문을 넣었어요. 가게 확인을 기다리고 있어요.", "주문을 넣었습니다. 가게 확인을 기다리고 있습니다.")} ${sum}`,
      ];
    case "approval_pending":
      return [
        `${end("사람의 승인을 기다리고 있어요. 그때까지는 확정이 아니에요.", "사람의 승인을 기다리고 있습니다. 그때까지는 확정이 아닙니다.")} ${sum}`,
      ];
    default:
      return house(told);
  }
}

/** The house's own sentences, without the question, which follows anyway. */
function house({ data, question }: Told): string[] {
  return [(data.house ?? "").replace(question, "").trim()];
}

function titles({ data }: Told): Map<string, string> {
  return new Map(
    [...(data.products ?? "").matchAll(/^(product \d+): (.*) \(SKU .*\)$/gm)].map(
      ([, n = "", title = ""]) => [n, title.replace(/, brand .*$/, "")],
    ),
  );
}

function offered(told: Told): { title: string; count: string; price: string }[] {
  const names = titles(told);
  return told.rows.flatMap((row) => {
    const [, count = "", name = "", price = ""] = /^(\d+) × (product \d+): (\S+)/.exec(row) ?? [];
    return count === "" ? [] : [{ count, title: names.get(name) ?? "", price: price.replace(/,$/, "") }];
  });
}

/** Says so only when it was told to, as somebody does who reads an objection. */
function each({ data }: Told, words: string): string {
  return /each|개당/.test(data.objection ?? "") ? words : "";
}

function shown(told: Told): string {
  const names = titles(told);
  return told.rows
    .flatMap((row) => {
      const [, name = "", price = ""] = /^(product \d+): ([^,\s]\S*?),? /.exec(`${row} `) ?? [];
      return name === "" ? [] : [`- ${names.get(name)}: ${price.replace(/,$/, "")}`];
    })
    .join("\n");
}

function compared(told: Told): string {
  const names = titles(told);
  const prices = new Map(
    told.rows.map((row) => [/^product \d+/.exec(row)?.[0], /: (\S+?),? /.exec(`${row} `)?.[1]]),
  );
  return (told.data.facts ?? "")
    .split("\n")
    .flatMap((row) => {
      const [, name = "", specs = ""] = /^(product \d+): (.*)$/.exec(row) ?? [];
      const [one = "", two = ""] = specs.split("; ");
      return name === ""
        ? []
        : [`- ${names.get(name)}: ${[prices.get(name), one, two].filter(Boolean).join(", ")}`];
    })
    .join("\n");
}

function facts(told: Told): string {
  const names = titles(told);
  const ko = told.lang === "ko";
  return (told.data.facts ?? "")
    .split("\n")
    .slice(0, 4)
    .flatMap((row) => {
      const [, about = "", source = "", quote = ""] = /^(the shop|product \d+), (.*?): (.*)$/.exec(row) ?? [];
      if (about === "") return [];
      const title = names.get(about) ?? "";
      if (!quote.startsWith('"')) return [`- ${title === "" ? "" : `${title}, `}${source}: ${quote}`];
      const customer = source.startsWith("a customer");
      if (ko) return [`- ${customer ? "한 고객님의 말씀" : "가게 안내"}: ${quote}`];
      return [`- ${customer ? "A customer says" : "Our shop says"}: ${quote}`];
    })
    .join("\n");
}

function choices({ data }: Told): string {
  return [...(data.facts ?? "").matchAll(/^choice (\d+): (.*)$/gm)]
    .map(([, n, choice]) => `${n}. ${choice}`)
    .join("\n");
}
