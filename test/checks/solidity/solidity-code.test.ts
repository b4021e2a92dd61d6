import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import { TOKEN, TOKEN_ANSWER, VAULT } from "./solidity.ts";

const check = async (text: string, over: Parameters<typeof run>[2] = {}): Promise<string> =>
  said(await run("solidity", text, over));

const BASE = `abstract contract Warden {
    address public warden = msg.sender;
    modifier onlyWarden() { require(msg.sender == warden, "warden only"); _; }
}`;
const LEDGER = `contract Ledger is Warden {
    mapping(bytes32 => string) public textOf;
    function write(bytes32 key, string calldata text) external onlyWarden { textOf[key] = text; }
}`;

describe("solidity: forms of an answer", () => {
  it.each([
    ["prose, a usage snippet and a command around a token", TOKEN_ANSWER],
    ["tilde fences", `~~~solidity\n${TOKEN}\n~~~`],
    ["an untagged fence", fenced("", TOKEN)],
    ["a fence tagged javascript, as older models do", fenced("javascript", TOKEN)],
    ["no fence at all", TOKEN],
    ["no fence under a sentence", `Here is the contract:\n\n${TOKEN}`],
    ["a fence within a Markdown fence", `\`\`\`\`markdown\n# Token\n${fenced("solidity", TOKEN)}\n\`\`\`\``],
    [
      "two files",
      `**src/Vault.sol**\n\n${fenced("solidity", VAULT)}\n\n**src/Token.sol**\n\n${fenced("solidity", TOKEN)}`,
    ],
    ["two files in one fence", fenced("solidity", `// File: A.sol\n${VAULT}\n// File: B.sol\n${TOKEN}`)],
    ["JSON with files", JSON.stringify({ files: [{ path: "src/Vault.sol", content: VAULT }] })],
    ["Windows line ends", fenced("solidity", TOKEN).replaceAll("\n", "\r\n")],
    [
      "a fence within a comment",
      fenced(
        "solidity",
        `pragma solidity ^0.8.20;\n/**\n * Use it so:\n * \`\`\`solidity\n * a.f();\n * \`\`\`\n */\ncontract A { function f() external {} }`,
      ),
    ],
    [
      "a hook that is empty",
      fenced(
        "solidity",
        "pragma solidity ^0.8.20;\ncontract A { function f() external { _hook(msg.sender); } function _hook(address by) internal {} }",
      ),
    ],
  ])("compiles %s", async (_name, text) => {
    expect(await check(text)).not.toMatch(/^fact|^not checked/);
  });

  it.each([
    ["prose", "You would use a mapping and a modifier."],
    ["another language", fenced("python", "print('contract A {}')")],
  ])("has nothing to say of %s", async (_name, text) => {
    expect(await check(text)).toBe("does not apply");
  });

  it.each([
    ["a missing bracket", fenced("solidity", TOKEN.slice(0, -1)), "does not compile"],
    ["a missing semicolon", fenced("solidity", "contract A {\n  uint256 x\n  uint256 y;\n}"), "A.sol:3: "],
    [
      "a second file that is broken",
      `${fenced("solidity", VAULT)}\n${fenced("solidity title=src/B.sol", "pragma solidity ^0.8.0;\ncontract B { uint }")}`,
      "src/B.sol:2",
    ],
    [
      "code left to be written",
      fenced(
        "solidity",
        "contract A {\n  function f() external pure returns (uint256) {\n    // TODO: implement this\n    return 0;\n  }\n}",
      ),
      "left to be written",
    ],
  ])("fails %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^fact/);
    expect(outcome).toContain(why);
  });

  it("leaves open what needs a library or a compiler that is not here", async () => {
    expect(
      await check(
        fenced("solidity", 'pragma solidity ^0.8.20;\nimport "solmate/tokens/ERC20.sol";\ncontract A is ERC20 {}'),
      ),
    ).toMatch(/^not checked: it imports solmate/);
    expect(await check(fenced("solidity", "pragma solidity ^0.6.0;\ncontract A {}"))).toMatch(/^not checked/);
  });

  it("does not hang on brackets that nest without end", async () => {
    const nested = `contract A { uint256 x = ${"(".repeat(5000)}1${")".repeat(5000)}; }`;
    expect(await check(fenced("solidity", nested))).toMatch(/^(?:fact|not checked)/);
  });
});

describe("solidity: the given code is compiled in", () => {
  it("takes a base from the prompt or a file, without an import", async () => {
    expect(
      await check(fenced("solidity", LEDGER), { prompt: `My base:\n${fenced("solidity", BASE)}\nWrite Ledger.` }),
    ).toBe("nothing");
    expect(await check(fenced("solidity", LEDGER), { files: [{ path: "src/Warden.sol", content: BASE }] })).toBe(
      "nothing",
    );
    expect(await check(fenced("solidity", LEDGER))).toMatch(/^fact: does not compile/);
  });

  it("puts the answer's contract in place of the given one of its name", async () => {
    const skeleton = "contract Ledger is Warden { function write(bytes32 key, string calldata text) external {} }";
    expect(
      await check(fenced("solidity", LEDGER), {
        prompt: `${fenced("solidity", BASE)}\nComplete:\n${fenced("solidity", skeleton)}`,
      }),
    ).toBe("nothing");
  });

  it("sets functions alone into the given contract", async () => {
    const prompt = `Fix \`deposit\` of this contract:\n${fenced("solidity", VAULT)}`;
    const right = "function deposit() external payable { require(msg.value > 0); balances[msg.sender] += msg.value; }";
    expect(await check(fenced("solidity", right), { prompt })).toBe("nothing");
    expect(await check(fenced("solidity", right.replace("balances", "sums")), { prompt })).toMatch(
      /^fact: does not compile: .*Undeclared identifier/,
    );
    expect(await check(fenced("solidity", right))).toBe("nothing");
  });

  it("takes what an excerpt of the given contract leaves out from there", async () => {
    const excerpt =
      "contract Vault { function balance() external view returns (uint256) { return balances[msg.sender]; } }";
    expect(
      await check(fenced("solidity", excerpt), { prompt: `Add a view to:\n${fenced("solidity", VAULT)}` }),
    ).not.toMatch(/^fact|^not checked/);
  });
});
