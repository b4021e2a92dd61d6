import { describe, expect, it } from "vitest";
import { COLUMNS } from "./columns.ts";
import { runColumn, titleOf } from "./run.ts";

/** `npm run matrix` prints the same as a table. */
describe("every client on every way", () => {
  it.concurrent.each(COLUMNS.map((column) => [titleOf(column), column] as const))(
    "%s: every tool, resource, template, completion, progress, cancellation, subscription",
    async (_, column) => {
      const cells = await runColumn(column);
      expect(cells.length).toBeGreaterThanOrEqual(19);
      expect(cells.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
    },
    240_000,
  );
});
