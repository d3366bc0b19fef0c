import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What a file changes of its process it puts back; reading every module anew for each file took most of the time.
    pool: "threads",
    isolate: false,
    // Many wait for processes and clocks more than they compute.
    maxWorkers: 4,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A crowded machine is no fault of what is waited for.
    expect: { poll: { timeout: 60_000 } },
  },
});
