import { defineConfig } from "vitest/config";

/** Compilers and an EVM keep every core busy for minutes: whoever waits for processes and time-outs runs when they are done. */
const BUSY = ["test/cases/**/*.test.ts", "test/checks/**/*.test.ts"];

const shared = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // Several files wait for processes and time-outs most of the while: a core more is not wasted on them.
  maxWorkers: "100%",
  expect: { poll: { timeout: 20_000 } },
};

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/closing-line.ts"],
    projects: [
      {
        test: {
          ...shared,
          name: "behaviour",
          include: ["test/**/*.test.ts"],
          exclude: ["test/live/**", ...BUSY],
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...shared, name: "checks", include: BUSY, sequence: { groupOrder: 1 } } },
    ],
  },
});
