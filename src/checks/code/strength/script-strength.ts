import type { Example } from "../examples/example.ts";
import { openSandbox } from "../run/quickjs.ts";
import { neighboursOf } from "./neighbours.ts";
import { scriptChanges } from "./script-changes.ts";
import { isTooWeak, type Strength } from "./strength.ts";

/** A change may take so many times as long as the code itself before it counts as an endless loop. */
const PATIENCE = 10;
const LEAST_MS = 15;
const MOST_MS = 60;
const TOTAL_MS = 300;

/** Changes a script a little, each time in another way, and counts how often the examples come to something else. `null`: it cannot be done. */
export async function scriptStrength(code: string, examples: readonly Example[]): Promise<Strength | null> {
  const sandbox = await openSandbox();
  const startMs = performance.now();
  const original = sandbox.evaluate(harness(code, examples));
  if (!original.ok) return null;
  const limitMs = Math.min(MOST_MS, Math.max(LEAST_MS, PATIENCE * (performance.now() - startMs)));
  let [tried, noticed] = [0, 0];
  const changes = await scriptChanges(code);
  for (const change of changes) {
    if (performance.now() - startMs > TOTAL_MS || isTooWeak({ tried, noticed }, changes.length)) break;
    const outcome = sandbox.evaluate(harness(change, examples), limitMs);
    if (!outcome.ok && outcome.error.startsWith("threw SyntaxError")) continue;
    tried += 1;
    if (!outcome.ok || outcome.encoded !== original.encoded) noticed += 1;
  }
  const near = neighboursOf(examples, "javascript").find(
    (call) => !sandbox.evaluate(`(async () => {\n${code}\n;return await (${call}); })()`, MOST_MS).ok,
  );
  return { tried, noticed, breaksOn: near ?? null };
}

/** The code and every example within one function, so that a change leaves nothing behind. */
function harness(code: string, examples: readonly Example[]): string {
  const calls = examples.map(({ setup, call, expected }, index) => {
    const value =
      typeof expected === "symbol"
        ? `try { await (${call}); $results[${index}] = 0; } catch { $results[${index}] = 1; }`
        : `$results[${index}] = await (${call});`;
    return [...setup.map((statement) => `try { eval(${JSON.stringify(statement)}) } catch {}`), value].join("\n");
  });
  return `(async () => {\n${code}\n;const $results = [];\n${calls.join("\n")}\nreturn $results;\n})()`;
}
