import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/live/**"],
    testTimeout: 20_000,
    reporters: ["default", "./test/support/closing-line.ts"],
  },
});
