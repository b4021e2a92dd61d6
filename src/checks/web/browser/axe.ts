import type { CDPSession } from "playwright-core";
import type { AxeViolation } from "./visit.ts";

/** The WCAG success criteria of levels A and AA, without mere best practices. */
const OPTIONS = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  resultTypes: ["violations"],
};
const MOST_VIOLATIONS = 30;
const MOST_TARGETS = 3;

/** What axe-core finds on the page. It runs in an isolated world, which the page's scripts cannot reach. */
export async function runAxe(session: CDPSession): Promise<readonly AxeViolation[]> {
  const { default: axe } = await import("axe-core");
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", {
    frameId: frameTree.frame.id,
    worldName: "axe",
  });
  await session.send("Runtime.evaluate", { contextId, expression: axe.source });
  const { result } = await session.send("Runtime.evaluate", {
    contextId,
    awaitPromise: true,
    returnByValue: true,
    expression: `axe.run(document, ${JSON.stringify(OPTIONS)}).then(({ violations }) => violations.slice(0, ${MOST_VIOLATIONS}).map(
      ({ id, help, helpUrl, impact, nodes }) => ({
        id, help, helpUrl, impact: String(impact), count: nodes.length,
        targets: nodes.slice(0, ${MOST_TARGETS}).map(({ target }) => String(target).slice(0, 100)),
      })))`,
  });
  return (result.value ?? []) as readonly AxeViolation[];
}
