import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { KINDS } from "../../src/checks/kit/criterion-kinds.ts";
import { parseCriteria } from "../../src/checks/kit/parse-criteria.ts";
import { BatchInput, EstimateInput, RouteInput } from "../../src/core/contract.ts";
import {
  ListModelsInput,
  ReceiptInput,
  ReportOutcomeInput,
  SpendReportInput,
} from "../../src/core/contract-reports.ts";
import { parseArguments } from "../../src/mcp/parse-arguments.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { request, taskWith } from "../verify/subject.ts";

const page = readFileSync(new URL("../../docs/tools.md", import.meta.url), "utf8");

const INPUTS = {
  route_task: RouteInput,
  route_batch: BatchInput,
  estimate_cost: EstimateInput,
  get_receipt: ReceiptInput,
  list_models: ListModelsInput,
  report_outcome: ReportOutcomeInput,
  spend_report: SpendReportInput,
};

/** The worked example of each kind of criterion. */
const EXAMPLES = page
  .split(/^#### `/m)
  .slice(1)
  .map((section) => ({
    kind: section.slice(0, section.indexOf("`")),
    criterion: JSON.parse(/```json\n([\s\S]*?)\n```/.exec(section)?.[1] ?? "null") as unknown,
    good: /(`{3,4})text meets it\n([\s\S]*?)\n\1/.exec(section)?.[2] ?? "",
    bad: /(`{3,4})text fails it\n([\s\S]*?)\n\1/.exec(section)?.[2] ?? "",
    quoted: /^> (.*)$/m.exec(section)?.[1] ?? "",
  }));

describe("docs/tools.md", () => {
  it("shows inputs of every tool that the tool accepts", () => {
    const shown = [...page.matchAll(/```json input (\w+)\n([\s\S]*?)```/g)];
    expect(new Set(shown.map(([, name]) => name))).toEqual(new Set(tools.map(({ name }) => name)));
    for (const [, name = "", json = ""] of shown) {
      const parsed = parseArguments(INPUTS[name as keyof typeof INPUTS], JSON.parse(json));
      expect(parsed, name).toMatchObject({ ok: true });
    }
  });

  it("names every field of route_task", () => {
    for (const field of Object.keys(RouteInput.shape)) expect(page).toMatch(new RegExp(`^\\| \`${field}\` +\\|`, "m"));
  });

  it("has a worked example of every kind of criterion", () => {
    expect(new Set(EXAMPLES.map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
    for (const { kind, criterion } of EXAMPLES) {
      const { criteria, problems } = parseCriteria([criterion], "accept");
      expect(problems).toEqual([]);
      expect(criteria[0]?.criterion.kind).toBe(kind);
    }
  });

  it("quotes a refusal as it is", () => {
    const { problems } = parseCriteria([{}, {}, { element: { role: "buton" } }], "accept");
    expect(page).toContain(problems[2]);
  });
});

describe("the worked examples of accept", () => {
  const verifier = createVerifier();
  afterAll(() => verifier.close());
  const verdictOf = async (criterion: unknown, answer: string) => {
    const accept = parseCriteria([criterion], "accept").criteria.map((each) => each.criterion);
    const asked = { ...request({ task: taskWith([]) }), prompt: "Do it.", accept };
    return verifier.verify(answer, asked, AbortSignal.timeout(30_000));
  };

  it.each(EXAMPLES.map((example) => [example.kind, example] as const))(
    "%s: the good answer is verified, the bad one fails with what the page says",
    async (_kind, { criterion, good, bad, quoted }) => {
      expect(await verdictOf(criterion, good)).toMatchObject({ status: "verified", basis: "tests" });
      const failed = await verdictOf(criterion, bad);
      expect(failed).toMatchObject({ status: "failed", basis: null });
      expect(failed.summary).toContain(quoted);
    },
    60_000,
  );
});
