import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import * as audits from "./audits.ts";
import { TOKEN, VAULT } from "./solidity.ts";

const files = [{ path: "src/Vault.sol", content: VAULT }];
const check = async (text: string, over: Parameters<typeof run>[2] = { files }): Promise<string> =>
  said(await run("audit_grounded", text, over));

const finding = (location: string, title = "Reentrancy"): string =>
  `### [H-01] ${title}\n\n**Severity:** High\n\n**Location:** ${location}\n\n**Impact:** Funds are drained.\n\n**Recommendation:** Use \`ReentrancyGuard\` and \`nonReentrant\`.`;

describe("audit_grounded", () => {
  it.each([
    ["sections", audits.SECTIONS],
    ["sections under severities", audits.GROUPED],
    ["a list", audits.LIST],
    ["labels", audits.LABELLED_LIST],
    ["a table", audits.TABLE],
    ["bold lines", audits.BOLD],
    ["JSON", audits.JSON_AUDIT],
    ["sections with sub-headings", audits.SUBHEADINGS],
    ["a dotted name", finding("`Vault.withdraw`")],
    ["a signature", finding("`withdraw(uint256 amount)`")],
    ["a path with a line", finding("src/Vault.sol:21")],
    ["a path of another root", finding("`contracts/Vault.sol#L19-L25`")],
    ["a worded function", finding("function withdraw, lines 19 to 25")],
    ["the constructor", finding("`constructor()`, line 11")],
    ["a missing thing in the title", finding("`setFee`", "Missing `onlyOwner` on `setFee`")],
    ["a statement as location", finding('`msg.sender.call{value: amount}("")` in `withdraw`')],
  ])("passes %s", async (_name, text) => {
    expect(await check(text)).toMatch(/^pass: \d+ cited names and lines/);
  });

  it.each([
    ["a function that is not there", finding("`withdrawAll()`"), "not in the source: withdrawAll"],
    ["a contract that is not there", finding("`Treasury.withdraw`"), "not in the source: Treasury"],
    ["a name in the title", finding("line 21", "Reentrancy in `redeem()`"), "not in the source: redeem"],
    ["a worded function that is not there", finding("the redeem function"), "not in the source: redeem"],
    ["a line beyond the end", finding("`withdraw`, line 210"), "line 210 of a source of 30 lines"],
    ["a range beyond the end", finding("lines 25-80"), "line 80 of a source"],
    ["another file", finding("`src/Token.sol:21`"), "no file src/Token.sol"],
    ["one made-up finding in a table", audits.TABLE.replace("`setFee`", "`setRate`"), "not in the source: setRate"],
    [
      "a made-up name in JSON",
      audits.JSON_AUDIT.replace("Vault.withdraw", "Vault.redeem"),
      "not in the source: redeem",
    ],
    [
      "the audit of another contract",
      audits.SECTIONS.replaceAll("withdraw", "redeem").replaceAll("setFee", "setRate"),
      "not in the source: setRate",
    ],
    ["a name that is only in a comment", finding("`MIT`"), "not in the source: MIT"],
  ])("fails on %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^fail/);
    expect(outcome).toContain(why);
  });

  it.each([
    ["a fence in the prompt", { prompt: `Audit:\n${fenced("solidity", VAULT)}` }],
    ["code pasted into the prompt", { prompt: `Audit this contract.\n\n${VAULT}` }],
    ["a note", { notes: [`Here it is:\n${fenced("", VAULT)}`] }],
  ])("takes the source from %s", async (_name, over) => {
    expect(await check(audits.SECTIONS, over)).toMatch(/^pass/);
    expect(await check(finding("`redeem()`"), over)).toMatch(/^fail/);
    // Nobody gave the file a name, so that the auditor may.
    expect(await check(finding("`Anything.sol:21`"), over)).toMatch(/^pass/);
  });

  it("lets names stand that an imported file may define, unless none is known", async () => {
    const token = [{ path: "Token.sol", content: TOKEN }];
    expect(await check(finding("`transferFrom` and `mint`"), { files: token })).toMatch(/^pass/);
    expect(await check(finding("`redeem` and `harvest`"), { files: token })).toMatch(/^fail/);
  });

  it("cannot check without a source, or without a citation", async () => {
    expect(await check(audits.SECTIONS, {})).toBe("not checked: no audited source in the prompt or the context");
    expect(await check("No issues found.")).toBe("not checked: no finding cites a name or a line");
  });
});
