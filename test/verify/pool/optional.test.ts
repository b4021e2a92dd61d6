import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inProcess } from "../../../src/verify/in-process-runner.ts";
import { optional, OPTIONAL_PACKAGES } from "../../../src/checks/kit/optional.ts";
import { createVerifier } from "../../../src/verify/verifier.ts";
import type { Check } from "../../../src/checks/kit/check.ts";
import { request, taskWith } from "../subject.ts";

describe("optional packages", () => {
  it("are the peer dependencies of the package, in the same versions", () => {
    const file = new URL("../../../package.json", import.meta.url);
    const { peerDependencies } = JSON.parse(readFileSync(file, "utf8")) as { peerDependencies: Record<string, string> };
    const named = Object.entries(peerDependencies).map(([name, version]) => `${name}@${version}`);
    expect(Object.values(OPTIONAL_PACKAGES).flat().sort()).toEqual(named.sort());
  });

  it("that are missing leave a check unmade and the answer unchecked, with the line that installs them", async () => {
    const check: Check = {
      name: "needs",
      maxChars: 100,
      run: async () => {
        await optional("html", () => Promise.reject(Object.assign(new Error("no"), { code: "ERR_MODULE_NOT_FOUND" })));
        return { findings: [], evidence: [{ basis: "tests", score: 1, summary: "holds" }] };
      },
    };
    const verifier = createVerifier({ workers: inProcess(async () => new Map([["needs", check]])), universal: [] });
    const asked = request({ task: taskWith([{ check: "needs" }]) });
    const verdict = await verifier.verify("text", asked, new AbortController().signal);
    expect(verdict).toMatchObject({ status: "unchecked", basis: null, score: null });
    expect(verdict.checks[0]?.detail).toMatch(/^not checked: needs packages that are not installed: npm install html-/);
  });
});
