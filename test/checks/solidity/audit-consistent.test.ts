import { describe, expect, it } from "vitest";
import { run, said } from "../../verify/subject.ts";
import * as audits from "./audits.ts";
import { TOKEN, VAULT } from "./solidity.ts";

const vault = { files: [{ path: "Vault.sol", content: VAULT }] };
const token = { files: [{ path: "Token.sol", content: TOKEN }] };
const finding = (title: string, location: string, text: string): string =>
  `### [H-01] ${title}\n\n**Severity:** High\n\n**Location:** ${location}\n\n**Description:** ${text}\n\n**Recommendation:** Mend it.`;

describe("audit_consistent", () => {
  it.each([
    ["a right audit", audits.SECTIONS, vault],
    ["no access control where there is none", finding("Open setter", "`setFee`", "Anyone can call `setFee`."), vault],
    ["overflow of a cast", finding("Overflow by truncation", "`setFee`", "A downcast can overflow."), vault],
    [
      "an underflow that reverts",
      finding("Underflow", "`withdraw`", "The subtraction reverts on underflow, a DoS."),
      vault,
    ],
    [
      "a guard that is told of",
      finding("Central minting", "`mint`", "Only the owner can call `mint`; a stolen key mints all."),
      token,
    ],
    ["one case apart", finding("Key risk", "`mint`", "If the modifier were removed, anyone could call `mint`."), token],
  ])("lets stand %s", async (_name, text, over) => {
    expect(said(await run("audit_consistent", text, over))).toMatch(/^pass/);
  });

  it.each([
    [
      "an overflow",
      finding("Integer overflow in deposit", "`deposit`", "The sum wraps around."),
      vault,
      "claims an overflow",
    ],
    [
      "an open mint",
      finding("Missing access control", "`mint`", "Anyone can call it."),
      token,
      "mint has no access control",
    ],
    ["reentrancy without a call", finding("Reentrancy", "`setFee`", "An attacker reenters."), vault, "calls nobody"],
    [
      "an unchecked result",
      finding("Unchecked low-level call", "`withdraw`", "It may fail."),
      vault,
      "but it checks it",
    ],
    ["a missing event", finding("No event in withdraw", "`withdraw`", "Nobody sees it."), vault, "but it emits one"],
    [
      "a visibility",
      finding("Dead code", "`setFee`", "`setFee()` is internal."),
      vault,
      "is internal, but it is external",
    ],
  ])("refutes %s", async (_name, text, over, why) => {
    const outcome = await run("audit_consistent", text, over);
    expect(said(outcome)).toMatch(/^fail/);
    expect(said(outcome)).toContain(why);
    expect(outcome).toHaveProperty("repair", expect.stringContaining(why));
  });

  it("tells a contract from a function of the same letters", async () => {
    const content =
      "pragma solidity ^0.8.20;\ncontract Swap {\n  address gov;\n  modifier onlyGov() { _onlyGov(); _; }\n  function _onlyGov() internal view { require(msg.sender == gov); }\n  function swap() external {}\n  function setGov(address g) external onlyGov { gov = g; }\n}";
    const text = finding("setGov lacks access control", "`Swap.setGov`", "Anyone can take over.");
    const outcome = await run("audit_consistent", text, { files: [{ path: "Swap.sol", content }] });
    expect(said(outcome)).toContain("setGov has no access control, but it has one");
  });

  it("counts a severity that contradicts its own title", async () => {
    const text = finding("Open setter", "`setFee`", "Anyone sets the fee.").replace(
      "**Severity:** High",
      "**Severity:** Low",
    );
    expect(said(await run("audit_consistent", text, vault))).toContain("is high in its title and low below");
  });

  it("refutes nothing without a source", async () => {
    expect(said(await run("audit_consistent", audits.SECTIONS))).toMatch(/^not checked: no audited source/);
  });
});
