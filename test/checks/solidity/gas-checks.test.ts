import { describe, expect, it } from "vitest";
import type { Check, CheckOutcome } from "../../../src/checks/kit/check.ts";
import { gasCompiles } from "../../../src/checks/solidity/checks/gas-compiles.ts";
import { gasGuardsKept } from "../../../src/checks/solidity/checks/gas-guards-kept.ts";
import { gasSameBehaviour } from "../../../src/checks/solidity/checks/gas-same-behaviour.ts";
import { gasSameInterface } from "../../../src/checks/solidity/checks/gas-same-interface.ts";
import { gasSaved } from "../../../src/checks/solidity/checks/gas-saved.ts";
import { fenced, said, subject } from "../../verify/subject.ts";
import { VAULT } from "./solidity.ts";

const BETTER = VAULT.replace("address public owner;", "address public immutable owner;");

async function found(check: Check, answer: string, prompt = ""): Promise<CheckOutcome> {
  const files = [{ path: "src/Vault.sol", content: VAULT }];
  return check.run(subject(fenced("solidity", answer), { files, prompt }), new AbortController().signal);
}

describe("gas_compiles", () => {
  it("gives the compiler's errors to the model", async () => {
    const outcome = await found(gasCompiles, BETTER.replace("fee = newFee;", "fees = newFee;"));
    expect(said(outcome)).toMatch(/^fail: does not compile: Vault.sol:\d+: Undeclared identifier/);
    expect(outcome).toHaveProperty("repair", expect.stringContaining("fees = newFee"));
  });

  it("puts a function alone into the original", async () => {
    const outcome = await found(gasCompiles, "function setFee(uint256 to) external {\n fee = to;\n}");
    expect(said(outcome)).toBe("pass: compiles: Vault");
  });

  it("is not made when a part does not fit", async () => {
    const outcome = await found(gasCompiles, "function somethingElse() external {}");
    expect(said(outcome)).toMatch(/^not checked: .*not in the original/);
  });
});

describe("gas_same_interface", () => {
  it("allows a payable function only where the request speaks of it", async () => {
    const payable = BETTER.replace("uint256 newFee) external", "uint256 newFee) external payable");
    expect(said(await found(gasSameInterface, payable))).toMatch(/^fail: .*setFee\(uint256\) became payable/);
    expect(said(await found(gasSameInterface, payable, "Setters may become payable."))).toMatch(/^pass/);
  });

  it("allows a payable constructor and new errors", async () => {
    const answer = BETTER.replace("constructor()", "error Failed();\n constructor() payable");
    expect(said(await found(gasSameInterface, answer))).toMatch(/^pass/);
  });
});

describe("gas_same_behaviour", () => {
  it("shows the calls that lead to the difference", async () => {
    const outcome = await found(gasSameBehaviour, BETTER.replace("+= msg.value", "+= msg.value - 1"));
    expect(said(outcome)).toMatch(/^fail: Vault\.\w+\(\w*\) behaves differently/);
    expect(outcome).toHaveProperty("repair", expect.stringContaining("1. deploy Vault()"));
  });

  it("finds the same in every run", async () => {
    const answer = BETTER.replace("fee = newFee;", "fee = newFee == 77 ? 78 : newFee;");
    const first = await found(gasSameBehaviour, answer);
    expect(await found(gasSameBehaviour, `${answer}\n`)).toEqual(first);
  });

  it("leaves the words of a revert open, unless the request wants them kept", async () => {
    const answer = BETTER.replace('"balance"', '"b"');
    expect(said(await found(gasSameBehaviour, answer))).toMatch(/^pass/);
    expect(said(await found(gasSameBehaviour, answer, "Keep the revert messages."))).toMatch(/^fail/);
  });
});

describe("gas_guards_kept", () => {
  it("names the event that is gone and the edge that has moved", async () => {
    const silent = BETTER.replace("        emit Withdrawn(msg.sender, amount);\n", "");
    expect(said(await found(gasGuardsKept, silent))).toContain("no longer emits Withdrawn");
    const strict = BETTER.replace(">= amount", "> amount");
    expect(said(await found(gasGuardsKept, strict))).toContain('checks "$0 < balances[msg.sender]" where the original');
  });

  it("knows a check in other words", async () => {
    const answer = BETTER.replace(
      'require(balances[msg.sender] >= amount, "balance");',
      "if (amount > balances[msg.sender]) revert();",
    );
    expect(said(await found(gasGuardsKept, answer))).toMatch(/^pass/);
  });
});

describe("gas_saved", () => {
  it("lists gas by function and for the deployment", async () => {
    const outcome = await found(gasSaved, BETTER);
    expect(said(outcome)).toMatch(/^pass: owner [\d,]+ -> [\d,]+ \(-[\d.]+%\).*deployment/);
    expect(outcome).toHaveProperty(
      "evidence.functions",
      expect.arrayContaining([expect.objectContaining({ signature: "owner()" })]),
    );
  });

  it("holds an answer to the saving that was asked for", async () => {
    expect(said(await found(gasSaved, BETTER, "Reduce gas by at least 80%."))).toMatch(/^fail: .*80% were asked for/);
  });

  it("finds that layout saves nothing", async () => {
    expect(said(await found(gasSaved, VAULT.replaceAll("newFee", "fee_")))).toMatch(/^fail: nothing is saved/);
  });
});
