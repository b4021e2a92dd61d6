import { defineConfig } from "vitest/config";

/** Real vendors, real money (a cent at most): `npm run test:live`. */
export default defineConfig({
  test: {
    include: ["test/live/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: ["verbose", "./test/support/closing-line.ts"],
  },
});
