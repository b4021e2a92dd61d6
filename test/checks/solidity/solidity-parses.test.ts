import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import { TOKEN, TOKEN_ANSWER, VAULT } from "./solidity.ts";

const check = async (text: string, over: Parameters<typeof run>[2] = {}): Promise<string> =>
  said(await run("solidity_parses", text, over));

const MODERN = `pragma solidity ^0.8.29;
type Price is uint256;
using {add as +} for Price global;
function add(Price a, Price b) pure returns (Price) { return Price.wrap(Price.unwrap(a) + Price.unwrap(b)); }
error Low(uint256 got);
contract Modern layout at 0x1234 {
    uint256 transient locked;
    mapping(address user => uint256 amount) public amounts;
    function f(bytes calldata data) external payable returns (bytes4 id) {
        require(msg.value > 1_000 wei, Low(msg.value));
        unchecked { amounts[msg.sender]++; }
        assembly ("memory-safe") { tstore(0, 1) mcopy(0, 32, 32) }
        id = bytes4(data[:4]);
        try this.f(data) returns (bytes4) {} catch Error(string memory why) { revert(why); } catch (bytes memory) {}
    }
    string s = unicode"é";
}`;

const BASE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
abstract contract Base {
    function _hook(address to) internal virtual {}
    function _authorizeUpgrade(address next) internal virtual;
    constructor() {}
    fallback() external payable {}
}
interface IThing { function f() external; }
library Math2 { function half(uint256 a) internal pure returns (uint256) { return a / 2; } }`;

describe("solidity_parses", () => {
  it.each([
    ["a token with prose, a usage snippet and a command", TOKEN_ANSWER],
    ["tilde fences", `~~~solidity\n${TOKEN}\n~~~`],
    ["an untagged fence", fenced("", TOKEN)],
    ["a fence tagged javascript, as older models do", fenced("javascript", TOKEN)],
    ["no fence at all", TOKEN],
    ["a longer fence", `\`\`\`\`sol\n${TOKEN}\n\`\`\`\``],
    ["a fence within a Markdown fence", `\`\`\`\`markdown\n# Token\n${fenced("solidity", TOKEN)}\n\`\`\`\``],
    [
      "a fence in a list",
      `1. Create the token:\n\n   ${fenced("solidity", TOKEN).replaceAll("\n", "\n   ")}\n\n2. Deploy it.`,
    ],
    [
      "two files",
      `**src/Vault.sol**\n\n${fenced("solidity", VAULT)}\n\n**src/Token.sol**\n\n${fenced("solidity", TOKEN)}`,
    ],
    ["two files in one fence", fenced("solidity", `// File: A.sol\n${VAULT}\n// File: B.sol\n${TOKEN}`)],
    ["the newest syntax", fenced("solidity", MODERN)],
    ["abstract contracts, hooks, interfaces, libraries", fenced("solidity", BASE)],
    ["JSON with files", JSON.stringify({ files: [{ path: "src/Vault.sol", content: VAULT }] })],
    ["JSON as a map of files", JSON.stringify({ "src/Vault.sol": VAULT, "README.md": "# Vault" })],
    [
      "a mock with empty functions",
      fenced("solidity", "contract MockOracle { function ping() external {} uint256 public price; }"),
    ],
    ["an empty contract that inherits", fenced("solidity", 'import "./A.sol";\ncontract B is A {}')],
    [
      "comments that merely contain dots",
      fenced(
        "solidity",
        "contract A {\n  // e.g. 1, 2, 3, ...\n  // The rest of the fee goes to the owner.\n  uint256 public fee;\n}",
      ),
    ],
    ["Windows line ends", fenced("solidity", TOKEN).replaceAll("\n", "\r\n")],
  ])("passes %s", async (_name, text) => {
    expect(await check(text)).toMatch(/^pass: parses: /);
  });

  it.each([
    ["prose", "You would use a mapping and a modifier.", "no Solidity code"],
    ["another language", fenced("python", "print('contract A {}')"), "no Solidity code"],
    ["a usage snippet alone", fenced("solidity", "token.mint(msg.sender, 100 ether);"), "snippets only"],
    ["a missing bracket", fenced("solidity", TOKEN.slice(0, -1)), "line 22: "],
    ["code that was cut off", `\`\`\`solidity\n${TOKEN.slice(0, 500)}`, "line "],
    ["a missing semicolon", fenced("solidity", "contract A {\n  uint256 x\n  uint256 y;\n}"), "line 3: "],
    [
      "JavaScript in disguise",
      fenced("solidity", "contract A {\n  const x = 1;\n  let y = () => 2;\n}"),
      "a syntax error",
    ],
    ["dots for code", fenced("solidity", "contract A {\n  ...\n}"), "line 2: "],
    [
      "a comment for code",
      fenced("solidity", "contract A {\n  uint256 x;\n  function f() external {\n    // ... rest of the logic\n  }\n}"),
      'line 4: "... rest of the logic" stands in for code',
    ],
    [
      "existing code left out",
      fenced("solidity", "contract A {\n  uint256 x;\n  // ... existing code ...\n}"),
      "line 3",
    ],
    ["a bare ellipsis comment", fenced("solidity", "contract A {\n  uint256 x;\n  // ...\n}"), "line 3"],
    [
      "an implementation to come",
      fenced(
        "solidity",
        "contract A {\n  function f() external pure returns (uint256) {\n    // TODO: implement this\n    return 0;\n  }\n}",
      ),
      "line 3",
    ],
    [
      "your logic here",
      fenced("solidity", "contract A {\n  function f() external { /* your logic here */ x = 1; }\n uint x;\n}"),
      "line 2",
    ],
    [
      "an empty body",
      fenced("solidity", "contract A {\n  uint256 x;\n  function pay(address to) external {\n  }\n}"),
      "line 3: function pay has an empty body",
    ],
    [
      "an empty contract",
      fenced("solidity", "pragma solidity ^0.8.0;\ncontract A {}"),
      "no contract, library or interface with a body",
    ],
    ["a pragma and nothing else", fenced("solidity", "pragma solidity ^0.8.0;"), "with a body"],
    [
      "a second file that is broken",
      `${fenced("solidity", VAULT)}\n${fenced("solidity title=src/B.sol", "contract B { uint }")}`,
      "src/B.sol, a syntax error",
    ],
  ])("fails on %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^fail/);
    expect(outcome).toContain(why);
  });

  it("takes a function for an answer only where a function was asked about", async () => {
    const answer = fenced(
      "solidity",
      "function sum(uint256[] calldata a) external pure returns (uint256 s) { uint256 n = a.length; for (uint256 i; i < n; ++i) s += a[i]; }",
    );
    const original =
      "function sum(uint256[] memory a) public pure returns (uint256 s) { for (uint256 i = 0; i < a.length; i++) s += a[i]; }";
    expect(await check(answer)).toMatch(/^fail: the answer has snippets only/);
    expect(await check(answer, { prompt: `Optimise:\n${fenced("solidity", original)}` })).toMatch(/^pass/);
    expect(await check(answer, { prompt: `Optimise:\n${fenced("solidity", VAULT)}` })).toMatch(/^fail/);
  });

  it("does not judge a diff of given code", async () => {
    const diff = fenced("diff", "-uint256 x;\n+uint128 x;");
    expect(await check(diff, { files: [{ path: "Vault.sol", content: VAULT }] })).toBe(
      "not checked: the answer is a diff",
    );
    expect(await check(diff)).toMatch(/^fail/);
  });

  it("does not hang on brackets that nest without end", async () => {
    const nested = `contract A { uint256 x = ${"(".repeat(5000)}1${")".repeat(5000)}; }`;
    expect(await check(fenced("solidity", nested))).toMatch(/^not checked: .*nest 5001 levels/);
  });
});
