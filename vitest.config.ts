import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/live/**"],
    testTimeout: 30_000,
    // Several files wait for processes and time-outs most of the while: a core more is not wasted on them.
    maxWorkers: "100%",
    reporters: ["default", "./test/support/closing-line.ts"],
  },
});
