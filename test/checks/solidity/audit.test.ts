import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import { VAULT } from "./solidity.ts";

const files = [{ path: "src/Vault.sol", content: VAULT }];
const audit = async (text: string, over: Parameters<typeof run>[2] = { files }): Promise<string> =>
  said(await run("audit", text, over));

describe("audit", () => {
  it.each([
    [
      "findings under headings",
      "### [H-1] Reentrancy in `Vault::withdraw`\n\n`balances` is lowered after the call (line 22).",
    ],
    ["bold lines", "**Critical**\n\n1. **Open `setFee()`**: anyone changes `fee`. Use `Ownable` and `onlyOwner`."],
    ["a table", "| ID | Where | What |\n|---|---|---|\n| 1 | `withdraw` | reentrancy |\n| 2 | `setFee` | open |"],
    [
      "JSON",
      '[{"category": "reentrancy", "evidence": {"file": "Vault.sol", "lines": [19, 25], "function": "withdraw"}}]',
    ],
    [
      "JSON with names of its own",
      '[{"vulnerabilityType": "access", "affectedFunction": "setFee", "affectedLines": [27], "recommendedFix": "ask"}]',
    ],
    ["prose", "No. It sends ether before it lowers the balance, so a contract can take more than it has put in."],
    [
      "a fix with names of its own",
      `\`setFee\` is open.\n${fenced("solidity", "modifier onlyKeeper() { require(msg.sender == feeKeeper); _; }")}`,
    ],
    [
      "layers, tools and files that were not given",
      "On L1 and L2, see `slither .` and VaultRouter.sol#L700: `withdraw` and `fee`.",
    ],
  ])("reads %s and finds nothing wrong", async (_name, text) => {
    expect(await audit(text)).toBe("nothing");
  });

  it.each([
    [
      "names",
      "`borrow` trusts `getPrice()`; `liquidate` rounds `debtShares` down, and `repayLoan()` never checks `loans`.",
    ],
    ["lines", "See `withdraw` at line 410, line 422 and lines 433-440."],
  ])("fails what cites the %s of other code", async (_name, text) => {
    expect(await audit(text)).toMatch(/^fact: .* are not in the given code/);
  });

  it("tells how many names it knows", async () => {
    const outcome = await run("audit", "`withdraw`, `balances` and `lockedUntil`", { files });
    expect(outcome?.looked).toBe("2 of 3 cited names are in the given code");
  });

  it("cannot be made without code", async () => {
    expect(await audit("`withdraw` is open.", {})).toMatch(/^not checked: no audited code/);
  });

  it("stays fast on hostile input", async () => {
    const startedMs = performance.now();
    await audit(`${"`a(".repeat(60_000)}${"aA".repeat(60_000)}${'"function": ['.repeat(20_000)}`);
    expect(performance.now() - startedMs).toBeLessThan(4_000);
  });
});
