import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const dir = mkdtempSync(join(tmpdir(), "signalbox-walls-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A file of a room, what it imports, and whether it may. The linter is silent about a pattern that it does not understand. */
const IMPORTS: readonly (readonly [file: string, imported: string, allowed: boolean])[] = [
  ["src/core/a.ts", "./b.ts", true],
  ["src/core/a.ts", "../checks/kit/check-result.ts", true],
  ["src/core/a.ts", "../checks/kit/optional.ts", false],
  ["src/core/a.ts", "../checks/kit/answer/fences.ts", false],
  ["src/core/a.ts", "../checks/text/index.ts", false],
  ["src/core/a.ts", "../engine/router.ts", false],
  ["src/core/a.ts", "../config/parse.ts", false],
  ["src/core/a.ts", "node:fs", false],
  ["src/planner/a.ts", "./plan-table.ts", true],
  ["src/planner/a.ts", "../core/money.ts", true],
  ["src/planner/a.ts", "../checks/kit/check-result.ts", false],
  ["src/planner/a.ts", "../engine/router.ts", false],
  ["src/planner/a.ts", "../ledger/ledger.ts", false],
  ["src/planner/a.ts", "node:fs", false],
  ["src/checks/kit/a.ts", "./check.ts", true],
  ["src/checks/kit/a.ts", "node:vm", true],
  ["src/checks/kit/a.ts", "../text/index.ts", false],
  ["src/checks/kit/a.ts", "../../core/verdict.ts", false],
  ["src/checks/kit/answer/a.ts", "../time-limit.ts", true],
  ["src/checks/kit/answer/a.ts", "../../text/index.ts", false],
  ["src/checks/kit/answer/a.ts", "../../../core/prompt.ts", false],
  ["src/checks/plan/a.ts", "../kit/check.ts", true],
  ["src/checks/plan/a.ts", "./read/list.ts", true],
  ["src/checks/plan/a.ts", "../text/index.ts", true],
  ["src/checks/plan/a.ts", "../text/text/measure.ts", false],
  ["src/checks/plan/a.ts", "../code/index.ts", false],
  ["src/checks/plan/a.ts", "../../core/prompt.ts", false],
  ["src/checks/plan/read/a.ts", "../../kit/answer/json.ts", true],
  ["src/checks/plan/read/a.ts", "../step.ts", true],
  ["src/checks/plan/read/a.ts", "../../web/index.ts", true],
  ["src/checks/plan/read/a.ts", "../../web/read/html.ts", false],
  ["src/checks/plan/read/a.ts", "../../../verify/run-check.ts", false],
  ["src/checks/solidity/gas/a.ts", "../solidity/ast.ts", true],
  ["src/checks/code/a.ts", "../solidity/solidity/ast.ts", false],
  ["src/checks/web/rules/aria/a.ts", "../../../kit/rule.ts", true],
  ["src/checks/web/rules/aria/a.ts", "../../../solidity/index.ts", true],
  ["src/checks/web/rules/aria/a.ts", "../../../plan/index.ts", false],
  ["src/checks/web/rules/aria/a.ts", "../../../../core/verdict.ts", false],
  ["src/verify/a.ts", "../checks/text/index.ts", true],
  ["src/verify/a.ts", "../core/verdict.ts", true],
  ["src/verify/a.ts", "../engine/router.ts", false],
  ["src/verify/worker-pool/a.ts", "../../checks/kit/check.ts", true],
  ["src/verify/worker-pool/a.ts", "../../ledger/ledger.ts", false],
  ["src/engine/a.ts", "../core/plan.ts", true],
  ["src/engine/a.ts", "../checks/kit/check.ts", true],
  ["src/engine/a.ts", "../planner/choose-plan.ts", true],
  ["src/service/a.ts", "../planner/choose-plan.ts", true],
  ["src/engine/a.ts", "../checks/text/index.ts", false],
  ["src/engine/a.ts", "../verify/verifier.ts", false],
  ["src/engine/a.ts", "../ledger/ledger.ts", false],
  ["src/engine/a.ts", "../app.ts", false],
  ["src/engine/a.ts", "../service/service.ts", false],
  ["src/view/a.ts", "../core/money.ts", true],
  ["src/view/a.ts", "../mcp/views.ts", false],
  ["src/view/a.ts", "node:fs", false],
  ["src/view/charts/a.ts", "../words.ts", true],
  ["src/view/charts/a.ts", "../../core/money.ts", true],
  ["src/view/charts/a.ts", "../../service/dashboard.ts", false],
  ["src/mcp/a.ts", "../view/words.ts", false],
  ["src/cli/a.ts", "../view/words.ts", false],
  ["src/telemetry/a.ts", "../core/events.ts", true],
  ["src/telemetry/a.ts", "../service/service.ts", false],
  ["src/mcp/http/a.ts", "../../telemetry/prometheus.ts", false],
  ["src/service/a.ts", "../engine/router.ts", true],
  ["src/service/a.ts", "../planner/savings.ts", true],
  ["src/service/a.ts", "../ledger/ledger.ts", false],
  ["src/service/batch/a.ts", "../../engine/router.ts", true],
  ["src/service/batch/a.ts", "../../catalog/tasks.ts", false],
  ["src/config/a.ts", "../catalog/tasks.ts", true],
  ["src/config/a.ts", "../engine/router.ts", false],
  ["src/ledger/sqlite/db/a.ts", "../../../core/verdict.ts", true],
  ["src/ledger/sqlite/write/a.ts", "../../../planner/statistics.ts", true],
  ["src/ledger/sqlite/db/a.ts", "../../../engine/router.ts", false],
  ["src/ledger/postgres/write/a.ts", "../../common/lessons.ts", true],
  ["src/ledger/postgres/write/a.ts", "../../sqlite/write/lessons.ts", false],
  ["src/ledger/postgres/a.ts", "../common/spend.ts", true],
  ["src/ledger/postgres/a.ts", "../sqlite/db/file.ts", false],
  ["src/ledger/move/a.ts", "../sqlite/write/requests.ts", true],
  ["src/ledger/move/a.ts", "../postgres/write/requests.ts", true],
  ["src/ledger/move/a.ts", "../../engine/router.ts", false],
  ["src/ledger/common/a.ts", "../../planner/statistics.ts", true],
  ["src/ledger/common/a.ts", "../postgres/ledger.ts", false],
  ["src/files/a.ts", "../core/file-output.ts", true],
  ["src/files/write/a.ts", "../../checks/kit/answer/fences.ts", true],
  ["src/files/write/a.ts", "../open-file.ts", true],
  ["src/files/write/a.ts", "../../checks/text/index.ts", false],
  ["src/files/write/a.ts", "../../engine/router.ts", false],
  ["src/files/a.ts", "../config/files.ts", false],
  ["src/mcp/a.ts", "../core/contract.ts", true],
  ["src/mcp/a.ts", "../checks/kit/suggest.ts", true],
  ["src/mcp/a.ts", "../checks/text/index.ts", false],
  ["src/mcp/a.ts", "../service/service.ts", false],
  ["src/mcp/tools/a.ts", "../../verify/verifier.ts", false],
  ["src/cli/a.ts", "../mcp/server.ts", true],
  ["src/cli/a.ts", "../ledger/ledger.ts", false],
  ["src/sandbox/a.ts", "../catalog/models.ts", true],
  ["src/sandbox/a.ts", "../verify/verifier.ts", false],
];

interface Found {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

/** The files in which the linter finds an import that must not be, by number. */
function restricted(): ReadonlySet<number> {
  copyFileSync(join(ROOT, ".oxlintrc.json"), join(dir, ".oxlintrc.json"));
  for (const [index, [file, imported]] of IMPORTS.entries()) {
    const path = join(dir, file.replace(/a\.ts$/, `probe-${index}.ts`));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `export type { A } from ${JSON.stringify(imported)};\n`);
  }
  const oxlint = join(ROOT, "node_modules/.bin/oxlint");
  const { stdout } = spawnSync(oxlint, ["-f", "json", "src"], { cwd: dir, encoding: "utf8" });
  const { diagnostics } = JSON.parse(stdout) as Found;
  const walls = diagnostics.filter(({ code }) => code.includes("no-restricted-imports"));
  return new Set(walls.map(({ filename }) => Number(/probe-(\d+)\.ts$/.exec(filename)?.[1])));
}

describe("the walls between the rooms, as the linter holds them", () => {
  const found = restricted();
  it.each(IMPORTS.map((each, index) => [...each, index] as const))("%s imports %s: %s", (_f, _i, allowed, index) => {
    expect(found.has(index)).toBe(!allowed);
  });
});
