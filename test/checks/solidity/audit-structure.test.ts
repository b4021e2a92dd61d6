import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import * as audits from "./audits.ts";
import { VAULT } from "./solidity.ts";

const files = [{ path: "Vault.sol", content: VAULT }];
const check = (text: string): ReturnType<typeof run> => run("audit_structure", text, { files });

describe("audit_structure", () => {
  it.each([
    ["sections with labels", audits.SECTIONS, 2],
    ["sections under headings of severity", audits.GROUPED, 2],
    ["a list of sentences", audits.LIST, 2],
    ["a list of labels", audits.LABELLED_LIST, 2],
    ["a table", audits.TABLE, 3],
    ["bold lines", audits.BOLD, 2],
    ["JSON", audits.JSON_AUDIT, 2],
    ["JSON in a fence", fenced("json", audits.JSON_AUDIT), 2],
    ["sections with headings of their own", audits.SUBHEADINGS, 2],
    [
      "a table of counts and then sections",
      `${audits.TABLE.slice(0, 0)}| Severity | Count |\n|---|---|\n| High | 1 |\n\n${audits.SUBHEADINGS}`,
      2,
    ],
  ])("finds all parts of findings in %s", async (_name, text, count) => {
    const outcome = await check(text);
    expect(said(outcome)).toBe(`pass: ${count} findings`);
    expect(outcome).toMatchObject({ score: 1 });
  });

  it.each([
    [
      "a severity nobody knows",
      audits.SECTIONS.replace("[H-01] ", "").replace("**Severity:** High", "**Severity:** Spicy"),
      "states no severity",
    ],
    ["no severity", audits.LABELLED_LIST.replace("  - **Severity:** Medium\n", ""), ""],
    ["no fix", audits.SUBHEADINGS.replace(/### Recommendation\nAdd.*/, ""), '"Finding 2: Open setter" states no fix'],
    ["no impact", audits.JSON_AUDIT.replace('"impact":"Anyone sets the fee",', ""), '"Open setter" states no impact'],
    ["no location", audits.TABLE.replace("`setFee` L27", ""), '"Open setter" states no location'],
    ["a location that is none", audits.JSON_AUDIT.replace("Vault.withdraw", "N/A"), '"Reentrancy" states no location'],
  ])("takes points for %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(said(outcome)).toContain(why);
    expect(outcome.checked && outcome.score).toBeLessThanOrEqual(1);
    if (why !== "") expect(outcome.checked && outcome.score).toBeLessThan(1);
  });

  it.each([
    ["general advice", "The contract should use checks-effects-interactions and access control. Test it well."],
    ["a list of buzzwords", "- Reentrancy\n- Overflow\n- Front-running"],
    ["nothing found, nothing shown", "I reviewed the contract and found no issues. It looks safe to deploy."],
    [
      "a summary that explains the code",
      "## Overview\n\nThe vault lets users deposit.\n\n## Functions\n\n`withdraw` sends ether back.",
    ],
    ["JSON without findings", '{"ok": true}'],
    ["code alone", fenced("solidity", VAULT)],
  ])("fails %s", async (_name, text) => {
    expect(said(await check(text))).toMatch(/^fail/);
  });

  it("passes an audit that finds nothing and says why for each function", async () => {
    const text =
      "I found no vulnerabilities. `withdraw` lowers `balances` before its call and checks the result, so that it cannot be reentered. `deposit` only adds what was sent. `setFee` stores a number that nothing else reads.";
    expect(said(await check(text))).toMatch(/^pass: the audit finds nothing and says why/);
    expect(said(await check("I checked `withdraw` and found no vulnerabilities."))).toMatch(/^fail/);
  });

  it("judges nothing without a source", async () => {
    expect(said(await run("audit_structure", audits.SECTIONS))).toMatch(/^not checked: no audited source/);
  });

  it.each([
    ["prose where JSON was asked for", "Audit it. Return the findings as a JSON array.", "JSON was asked for"],
    ["too many findings", "Give at most one finding.", "at most 1 findings"],
    ["findings of another severity", "Report only critical issues.", "only critical findings"],
  ])("fails %s", async (_name, prompt, why) => {
    const outcome = await run("audit_structure", audits.SECTIONS, { files, prompt });
    expect(said(outcome)).toMatch(/^fail/);
    expect(said(outcome)).toContain(why);
  });

  it("asks no impact of remarks", async () => {
    const text = "### [I-01] Floating pragma\n\n**Location:** line 2\n\n**Recommendation:** Pin it to one version.";
    expect(await check(text)).toMatchObject({ score: 1 });
  });

  it("fails findings of which only the names are there", async () => {
    const text = "### 1. Reentrancy\n\nBad.\n\n### 2. Overflow\n\nBad.\n\n### 3. Timestamp\n\nBad.";
    expect(await check(text)).toMatchObject({ passed: false, score: 0 });
  });
});
