import { defineConfig } from "vitest/config";
import { noPostgres } from "./test/support/postgres.ts";

/** Compilers and an EVM keep every core busy for minutes: whoever waits for processes and time-outs runs when they are done. */
const BUSY = ["test/cases/**/*.test.ts", "test/checks/**/*.test.ts"];

/** The tests of the ledger that look at no SQLite file run once more on Postgres. */
const ON_BOTH_LEDGERS = [
  "endings",
  "holds",
  "lessons",
  "notices",
  "own-health",
  "principals",
  "processes",
  "property",
  "prune",
  "reads",
  "recent",
  "reserve",
  "settle",
  "verdicts",
];
if (noPostgres !== null) console.warn(`Skipped: the tests of the ledger on Postgres (${noPostgres})`);

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
          globalSetup: ["./test/support/postgres-setup.ts"],
          include: ["test/**/*.test.ts"],
          exclude: ["test/live/**", ...BUSY],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: "postgres",
          globalSetup: ["./test/support/postgres-setup.ts"],
          setupFiles: ["./test/support/ledger-on-postgres.ts"],
          include: noPostgres === null ? ON_BOTH_LEDGERS.map((name) => `test/ledger/${name}.test.ts`) : [],
          // A server beside everything else would make the time-outs of both too short.
          testTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...shared, name: "checks", include: BUSY, sequence: { groupOrder: 2 } } },
    ],
  },
});
