import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Criterion } from "../../../src/checks/kit/criterion.ts";
import type { Verdict } from "../../../src/core/verdict.ts";
import { inProcess } from "../../../src/verify/in-process-runner.ts";
import { CHECKS } from "../../../src/verify/registry.ts";
import { createVerifier } from "../../../src/verify/verifier.ts";
import { requestOf } from "../../cases/request.ts";
import { CHROMIUM, HAS_CHROMIUM, visitFolder, type VisitFolder } from "./chromium.ts";

const workers = inProcess(async () => CHECKS);

function page(body: string): string {
  return `\`\`\`html\n<!doctype html>\n<html lang="en"><head><title>Tea</title></head><body>${body}</body></html>\n\`\`\``;
}

interface Asked {
  readonly prompt?: string;
  readonly accept?: readonly Criterion[];
  readonly browser?: string | null;
}

async function verdict(
  answer: string,
  { prompt = "A page about tea.", accept = [], browser = CHROMIUM }: Asked,
): Promise<Verdict> {
  const request = { ...requestOf({ task: "ui_design", prompt }), accept };
  return createVerifier({ workers, browser }).verify(answer, request, AbortSignal.timeout(55_000));
}

const check = ({ checks }: Verdict, name: string): Verdict["checks"][number] | undefined =>
  checks.find((each) => each.name === name);

describe("without a browser", () => {
  it("leaves no line for it in the verdict", async () => {
    const made = await verdict(page("<h1>Tea</h1><script>throw new Error('no')</script>"), { browser: null });
    expect(made.status).toBe("unchecked");
    expect(check(made, "page_in_browser")).toBeUndefined();
  });

  it("says what is missing when it cannot be used", async () => {
    const made = await verdict(page("<h1>Tea</h1>"), { browser: "/no/such/browser" });
    expect(made.status).toBe("unchecked");
    expect(check(made, "page_in_browser")).toMatchObject({
      passed: null,
      detail: "not checked: there is no /no/such/browser",
    });
  });
});

describe.skipIf(!HAS_CHROMIUM)("with a browser", () => {
  let folder: VisitFolder;
  beforeAll(() => {
    folder = visitFolder();
  });
  afterAll(() => folder.remove());

  it("verifies criteria by what scripts have built", async () => {
    const body =
      "<main id='m'></main><script>m.innerHTML = '<h2>Prices</h2><button>Brew</button><button>Pour</button>'</script>";
    const accept: readonly Criterion[] = [
      { kind: "element", name: "two buttons", role: "button", text: null, count: 2 },
      { kind: "section", name: "prices", section: "Prices" },
      { kind: "no_script_errors", name: "runs" },
    ];
    const made = await verdict(page(body), { accept });
    expect(made).toMatchObject({ status: "verified", basis: "tests", score: 1 });
    expect(made.summary).toContain("3 of 3 of your criteria met");
  });

  it("fails a page whose script throws, with what it threw", async () => {
    const made = await verdict(page("<h1>Tea</h1><script>const a = {}; a.b.c = 1;</script>"), {
      accept: [{ kind: "no_script_errors", name: "runs" }],
    });
    expect(made.status).toBe("failed");
    expect(check(made, "runs")?.detail).toContain("Cannot set properties of undefined");
    expect(check(made, "page_in_browser")?.measured).toMatchObject({ loaded: true, refused: [] });
  });

  it("does not blame a page for what it could not load", async () => {
    const body = "<h1>Tea</h1><script src='https://cdn.example.com/chart.js'></script><script>new Chart();</script>";
    const made = await verdict(page(body), { accept: [{ kind: "no_script_errors", name: "runs" }] });
    expect(made.status).toBe("unchecked");
    expect(check(made, "runs")?.detail).toContain("it did not get https://cdn.example.com/chart.js");
  });

  it("takes what axe finds for a fact where accessibility was asked for", async () => {
    const body = "<main><h1>Tea</h1><div id='d'></div></main><script>d.innerHTML = '<input name=\"cups\">';</script>";
    expect((await verdict(page(body), { prompt: "An accessible page (WCAG AA) about tea." })).status).toBe("failed");
    const other = await verdict(page(body), {});
    expect(other.status).toBe("unchecked");
    expect(check(other, "page_in_browser")?.findings.map(({ rule }) => rule)).toContain("web/axe");
  });
});
