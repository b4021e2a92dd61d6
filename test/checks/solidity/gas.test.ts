import { describe, expect, it } from "vitest";
import type { CheckOutcome } from "../../../src/checks/kit/check.ts";
import { fenced, run, said } from "../../verify/subject.ts";
import { VAULT } from "./solidity.ts";

const files = [{ path: "src/Vault.sol", content: VAULT }];
const BETTER = VAULT.replace("address public owner;", "address public immutable owner;");
const PART = `function setFee(uint256 newFee) external {
        fee = newFee;
    }`;
const SAVED = "evidence: behaves as the original and costs less";

const gas = (text: string, over: Parameters<typeof run>[2] = { files }): Promise<CheckOutcome> =>
  run("gas", text, over);
const found = (code: string, prompt = ""): Promise<CheckOutcome> => gas(fenced("solidity", code), { files, prompt });

describe("what the answer holds", () => {
  it.each([
    ["a whole contract", fenced("solidity", BETTER)],
    ["the contract without a fence", BETTER],
    ["before and after", `Before:\n${fenced("solidity", VAULT)}\nAfter:\n${fenced("solidity", BETTER)}`],
    ["a diff", fenced("diff", "-    address public owner;\n+    address public immutable owner;")],
  ])("is read from %s", async (_name, text) => {
    expect(said(await gas(text))).toBe(SAVED);
  });

  it.each([
    ["the original", fenced("solidity", VAULT)],
    ["the original, laid out anew", fenced("solidity", VAULT.replaceAll("    ", "\t").replaceAll("{\n", "\n{\n"))],
    ["the original with comments", fenced("solidity", VAULT.replaceAll(";\n", "; // cheap now\n"))],
    ["a part of the original", fenced("solidity", PART)],
    ["a diff of comments", fenced("diff", "-    address public owner;\n+    address public owner; // the boss")],
  ])("is no optimisation when it is %s", async (_name, text) => {
    expect(said(await gas(text))).toBe("fact: the code is the original, unchanged");
  });

  it.each([
    ["advice only", "Use immutable for the owner and cache the balance.", /no optimised Solidity was found/],
    ["a part that does not fit", fenced("solidity", "function other() external {}"), /not in the original/],
    ["a diff of something else", fenced("diff", "-a\n+b"), /"a" is not in the original/],
  ])("cannot be compared when it is %s", async (_name, text, why) => {
    const outcome = said(await gas(text));
    expect(outcome).toMatch(/^not checked/);
    expect(outcome).toMatch(why);
  });

  it("cannot be compared without an original", async () => {
    expect(said(await gas(fenced("solidity", BETTER), {}))).toMatch(/^not checked: no original/);
  });

  it("gives the compiler's errors to the model", async () => {
    const outcome = await found(BETTER.replace("fee = newFee;", "fees = newFee;"));
    expect(said(outcome)).toMatch(/^fact: does not compile: Vault.sol:\d+: Undeclared identifier/);
    expect(outcome?.findings[0]?.repair).toContain("fees = newFee");
  });
});

describe("interface and behaviour", () => {
  it("allows a payable function only where the request speaks of it", async () => {
    const payable = BETTER.replace("uint256 newFee) external", "uint256 newFee) external payable");
    expect(said(await found(payable))).toMatch(/^fact: .*setFee\(uint256\) became payable/);
    const rules = (await found(payable, "Setters may become payable."))?.findings.map(({ rule }) => rule);
    expect(rules).not.toContain("gas/interface");
  });

  it("shows the calls that lead to a difference, the same in every run", async () => {
    const answer = BETTER.replace("+= msg.value", "+= msg.value - 1");
    const first = await found(answer);
    expect(said(first)).toMatch(/^fact: Vault\.\w+\(\w*\) behaves differently/);
    expect(first?.findings[0]?.repair).toContain("1. deploy Vault()");
    expect(await found(`${answer}\n`)).toEqual(first);
  });

  it("leaves the words of a revert open, unless the request wants them kept", async () => {
    const answer = BETTER.replace('"balance"', '"b"');
    expect(said(await found(answer))).toBe(SAVED);
    expect(said(await found(answer, "Keep the revert messages."))).toMatch(/^fact: .*behaves differently/);
  });

  it("knows a check in other words", async () => {
    const answer = BETTER.replace(
      'require(balances[msg.sender] >= amount, "balance");',
      "if (amount > balances[msg.sender]) revert();",
    );
    expect(said(await found(answer))).toBe(SAVED);
  });
});

describe("savings", () => {
  it("are listed by function and for the deployment", async () => {
    const outcome = await found(BETTER);
    expect(outcome?.looked).toMatch(/owner [\d,]+ -> [\d,]+ \(-[\d.]+%\).*deployment/);
    expect(outcome?.measured).toHaveProperty(
      "gas.functions",
      expect.arrayContaining([expect.objectContaining({ signature: "owner()" })]),
    );
  });

  it("are none where names alone have changed", async () => {
    expect(said(await found(VAULT.replaceAll("newFee", "fee_")))).toMatch(/^fact: nothing is saved/);
  });

  it("are found in a contract that is nothing but its constructor", async () => {
    const original =
      "pragma solidity ^0.8.20;\ncontract Start { uint256 a; uint256 b; constructor() { a = 5; b = 6; } }";
    const over = { files: [{ path: "Start.sol", content: original }] };
    const packed = original.replace("uint256 a; uint256 b", "uint128 a; uint128 b");
    expect(said(await gas(fenced("solidity", packed), over))).toBe(SAVED);
    const wrong = packed.replace("b = 6", "b = 7");
    expect(said(await gas(fenced("solidity", wrong), over))).toMatch(/^fact: .*b is 6 in the original's storage and 7/);
  });

  it("are no evidence where another function pays for them", async () => {
    // A slot of its own for what shared one.
    const original = VAULT.replace("uint256 public fee;", "bool public open;\n    uint256 public fee;").replace(
      "fee = newFee;",
      "open = newFee > 5;",
    );
    const answer = original.replace("address public owner;", "address public immutable owner;");
    const outcome = await gas(fenced("solidity", answer), { files: [{ path: "Vault.sol", content: original }] });
    expect(said(outcome)).toBe("nothing");
    expect(outcome?.looked).toContain("setFee(uint256) costs");
  });
});

describe("counters of eight bits", () => {
  const original = `pragma solidity ^0.8.20;
contract Visits {
    uint8 public count;
    mapping(address => bool) public seen;
    function visit() external { count += 1; seen[msg.sender] = true; }
}`;
  const over = { files: [{ path: "Visits.sol", content: original }] };

  it("are counted until they would wrap", async () => {
    const answer = original.replace("count += 1;", "unchecked { ++count; }");
    expect(said(await gas(fenced("solidity", answer), over))).toMatch(/^fact: .*reverts with panic 0x11/);
  });
});
