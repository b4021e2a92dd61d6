import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import { VAULT } from "./solidity.ts";

const files = [{ path: "src/Vault.sol", content: VAULT }];
const check = async (text: string, over: Parameters<typeof run>[2] = { files }): Promise<string> =>
  said(await run("gas_code_changed", text, over));

const BETTER = VAULT.replace("address public owner;", "address public immutable owner;");
const PART = `function setFee(uint256 newFee) external {
        fee = newFee;
    }`;

describe("gas_code_changed", () => {
  it.each([
    ["a whole contract", fenced("solidity", BETTER)],
    ["the contract without a fence", BETTER],
    ["before and after", `Before:\n${fenced("solidity", VAULT)}\nAfter:\n${fenced("solidity", BETTER)}`],
    ["one changed function", fenced("solidity", PART.replace("external", "external payable"))],
    [
      "a custom error instead of a string",
      fenced("solidity", VAULT.replace('require(ok, "send");', "if (!ok) revert SendFailed();")),
    ],
    ["JSON", JSON.stringify({ path: "Vault.sol", code: BETTER })],
    ["a changed string", fenced("solidity", VAULT.replace('"balance"', '"b"'))],
  ])("passes %s", async (_name, text) => {
    expect(await check(text)).toBe("pass: the code differs from the original");
  });

  it.each([
    ["the original", fenced("solidity", VAULT), "unchanged"],
    [
      "the original, laid out anew",
      fenced("solidity", VAULT.replaceAll("    ", "\t").replaceAll("{\n", "\n{\n")),
      "unchanged",
    ],
    ["the original with comments", fenced("solidity", VAULT.replaceAll(";\n", "; // cheap now\n")), "unchanged"],
    ["the original under another pragma", fenced("solidity", VAULT.replace("^0.8.20", "0.8.30")), "unchanged"],
    ["a part of the original", fenced("solidity", PART), "unchanged"],
    ["advice only", "Use immutable for the owner and cache the balance.", "no optimised code"],
    ["commands only", fenced("bash", "forge snapshot"), "no optimised code"],
    ["code that does not parse", fenced("solidity", BETTER.replace("msg.value;", "msg.value")), "does not parse"],
    ["code that is cut off", `\`\`\`solidity\n${BETTER.slice(0, 400)}`, "does not parse"],
  ])("fails on %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^fail/);
    expect(outcome).toContain(why);
  });

  it.each([
    ["a fence in the prompt", { prompt: `Optimise this:\n${fenced("solidity", VAULT)}` }],
    ["code pasted into the prompt", { prompt: `Please make this cheaper:\n\n${VAULT}\n\nThanks!` }],
    ["a note of the context", { notes: [VAULT] }],
  ])("finds the original in %s", async (_name, over) => {
    expect(await check(fenced("solidity", VAULT), over)).toMatch(/^fail: the code is the original/);
    expect(await check(fenced("solidity", BETTER), over)).toMatch(/^pass/);
  });

  it("cannot compare without an original", async () => {
    expect(await check(fenced("solidity", BETTER), {})).toMatch(/^not checked: no original/);
  });

  it("applies a diff, and says where it cannot", async () => {
    const owner = "-    address public owner;\n+    address public immutable owner;";
    expect(await check(fenced("diff", owner))).toBe("pass: the diff changes the code");
    expect(await check(fenced("diff", "-    address public owner;\n+    address public owner; // the boss"))).toMatch(
      /^fail: the diff changes comments or layout only/,
    );
    expect(await check(fenced("diff", "-a\n+b"))).toBe(
      'not checked: the answer is a diff, and "a" is not in the original',
    );
  });
});
