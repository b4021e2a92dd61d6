import { describe, expect, it } from "vitest";
import { run, said } from "../../verify/subject.ts";
import * as audits from "./audits.ts";
import { VAULT } from "./solidity.ts";

const files = [{ path: "Vault.sol", content: VAULT }];

describe("audit_covers", () => {
  it("passes an audit that speaks of the certain defects", async () => {
    expect(said(await run("audit_covers", audits.SECTIONS, { files }))).toMatch(/^pass/);
  });

  it("gives nothing for an audit that leaves a classic reentrancy out, and says where it is", async () => {
    const outcome = await run(
      "audit_covers",
      audits.SECTIONS.replaceAll(/reentran\w+/gi, "defect")
        .replaceAll("call", "jump")
        .replace("before it lowers", "and lowers")
        .replace("back into", "in"),
      { files },
    );
    expect(outcome).toMatchObject({ passed: false, score: 0 });
    expect(said(outcome)).toMatch(/no finding speaks of line \d+: withdraw writes balances after/);
  });

  it("does not hold what is missing against an audit that was to be short", async () => {
    const prompt = "Report only the single most severe finding, at most one finding.";
    const text =
      "### [H-01] Open setter\n\nSeverity: High\nLocation: `setFee`\nImpact: Anyone sets it.\nFix: Add `onlyOwner`.";
    expect(said(await run("audit_covers", text, { files, prompt }))).toMatch(/^not checked: the request narrows/);
  });

  it("cannot look into a source for another compiler", async () => {
    const old = [{ path: "Old.sol", content: "pragma solidity ^0.4.24;\ncontract Old { function f() public {} }" }];
    expect(said(await run("audit_covers", audits.SECTIONS, { files: old }))).toMatch(/^not checked/);
  });
});
