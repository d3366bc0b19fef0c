declare module "wink-bm25-text-search" {
  interface Index {
    defineConfig(config: {
      fldWeights: Readonly<Record<string, number>>;
      bm25Params?: { k1: number; b: number; k: number };
    }): boolean;
    definePrepTasks(tasks: readonly ((input: never) => unknown)[]): number;
    addDoc(fields: Readonly<Record<string, string>>, id: string): number;
    consolidate(): boolean;
    search(query: string, limit: number): [id: string, score: number][];
  }
  export default function bm25(): Index;
}

declare module "wink-nlp-utils" {
  const nlp: {
    readonly string: {
      lowerCase(text: string): string;
      removeExtraSpaces(text: string): string;
      tokenize0(text: string): string[];
    };
    readonly tokens: { stem(tokens: readonly string[]): string[] };
  };
  export default nlp;
}
