import { describe, expect, it } from "vitest";
import { solidityMeetsRequest } from "../../../src/checks/solidity/checks/solidity-meets-request.ts";
import { fenced, said, subject } from "../../verify/subject.ts";

const HEAD = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n";
const TOKEN = 'import "@openzeppelin/contracts/token/ERC20/ERC20.sol";\n';

async function asked(prompt: string, code: string): Promise<string> {
  const given = subject(fenced("solidity", HEAD + code), { prompt });
  return said(await solidityMeetsRequest.run(given, new AbortController().signal));
}

describe("arguments of the constructor", () => {
  const takes = (list: string): string =>
    `contract A { uint256 public n; constructor(${list}) { n = 1; } function f() external { n = 2; } }`;

  it.each([
    ["The constructor takes the owner and the unlock time.", "", /fail: the constructor takes 0 argument/],
    ["The constructor takes the owner, the token and the unlock time.", "address a", /fail: the constructor takes 1/],
    [
      "constructor(address token, uint256 rate)",
      "uint256 rate",
      /fail: the constructor does not take \(address, uint256\)/,
    ],
    ["Owner and unlock time are passed to the constructor.", "", /fail: the constructor takes 0/],
  ])("misses some of %j", async (prompt, list, why) => {
    expect(await asked(`Write a contract. ${prompt}`, takes(list))).toMatch(why);
  });

  it.each([
    ["The constructor takes the owner and the unlock time.", "address a, uint256 b"],
    ["The constructor takes the owner, who gets all tokens and may mint.", "address a"],
    ["The constructor takes the initial owner and mints 100 tokens to it.", "address a"],
    ["constructor(address token, uint rate)", "address t, uint64 r, address owner"],
    ["No arguments are passed to the constructor.", ""],
  ])("has those of %j", async (prompt, list) => {
    expect(await asked(`Write a contract. ${prompt}`, takes(list))).toMatch(/^pass/);
  });
});

describe("names that are not quoted as code", () => {
  const CODE =
    "contract A { event Paid(uint256 n); error Late(); uint256 public x; function pay(uint256 n) external { if (n == 7) revert Late(); x = n; emit Paid(n); } }";

  it.each([
    ["Functions pay(uint256) and refund(uint256).", /no function refund/],
    ["Functions: pay, closeAll and openAll.", /no function closeAll/],
    ["Events Paid, Refunded.", /no event Refunded/],
    ["Emit PaymentTaken(uint256 n) when paid.", /no event PaymentTaken/],
    ["Revert with the custom error TooLate().", /no error TooLate/],
  ])("misses what %j names", async (prompt, why) => {
    expect(await asked(`Write a contract. ${prompt}`, CODE)).toMatch(why);
  });

  it.each([
    "It pays the owner(s) of the token(s).",
    "Use transferFrom() of the token to pull it in.",
    "Emit an event Paid when somebody pays. Event names are up to you.",
    "Write an Event Manager for us.",
    "Do not add withdraw() to it.",
  ])("reads nothing else into %j", async (prompt) => {
    expect(await asked(`Write a contract. ${prompt}`, CODE)).toMatch(/^pass/);
  });
});

describe("numbers and titles that the request fixes", () => {
  const token = (body: string, symbol = "AAA"): string =>
    `${TOKEN}contract A is ERC20 { constructor() ERC20("A", "${symbol}") { ${body} } }`;

  it.each([
    ["a max supply of 5,000,000", "_mint(msg.sender, 5_000_000 * 10 ** decimals());", /^pass/],
    ["a max supply of 5 million", "_mint(msg.sender, 5e6 ether);", /^pass/],
    ["a max supply of 5,000,000", "_mint(msg.sender, 500_000 ether);", /^fail: the number of/],
    ["a total supply that is fixed", "_mint(msg.sender, 1 ether);", /^pass/],
  ])("%s as %s", async (how, body, expected) => {
    expect(await asked(`Write an ERC20 token with ${how}.`, token(body))).toMatch(expected);
  });

  it("holds the symbol to what the request gives", async () => {
    const prompt = "Write an ERC20 token named Atom (ATM).";
    expect(await asked(prompt, token("_mint(msg.sender, 1);", "ATM"))).toMatch(/^pass/);
    expect(await asked(prompt, token("_mint(msg.sender, 1);", "ATN"))).toMatch(/^fail: the symbol ATM/);
  });
});

describe("roles, prices and limits", () => {
  const ROLES = `import "@openzeppelin/contracts/access/AccessControl.sol";
contract A is AccessControl { bytes32 public constant MAKER_ROLE = keccak256("MAKER_ROLE"); bytes32 public constant BURNER_ROLE = keccak256("BURNER_ROLE"); uint256 public n;
function mint() external onlyRole(MAKER_ROLE) { n = 1; } function burn() external onlyRole(BURNER_ROLE) { n = 2; } }`;

  it("holds each function to its own role", async () => {
    expect(await asked("Write a contract. MAKER_ROLE can mint, BURNER_ROLE can burn.", ROLES)).toMatch(/^pass/);
    expect(await asked("Write a contract. BURNER_ROLE can burn and mint.", ROLES)).toMatch(/mint asks for MAKER_ROLE/);
  });

  it("wants a price looked at", async () => {
    const shop = (body: string): string =>
      `contract A { uint256 public n; function buy() external payable { ${body} n += 1; } }`;
    const prompt = "Write a contract in which one can buy a ticket for 0.1 ether.";
    expect(await asked(prompt, shop('require(msg.value == 0.1 ether, "price");'))).toMatch(/^pass/);
    expect(await asked(prompt, shop(""))).toMatch(/nothing looks at msg.value/);
  });

  it("wants a limit heeded that is declared", async () => {
    const limited = (body: string): string =>
      `contract A { uint256 public constant MIN_BID = 10; uint256 public n; function bid(uint256 b) external { ${body} n = b; } }`;
    const prompt = "Write a contract with a minimum bid of 10.";
    expect(await asked(prompt, limited('require(b >= MIN_BID, "low");'))).toMatch(/^pass/);
    expect(await asked(prompt, limited(""))).toMatch(/MIN_BID is declared and nothing heeds it/);
  });
});
