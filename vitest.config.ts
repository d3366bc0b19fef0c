import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What a file changes of its process it puts back; reading every module anew for each file took most of the time.
    pool: "threads",
    isolate: false,
    // Many wait for processes and clocks more than they compute.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
