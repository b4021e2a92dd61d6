import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import { restrictionOn } from "../../../src/checks/solidity/solidity/request/restricted.ts";
import { demandedStandards, namedStandards } from "../../../src/checks/solidity/solidity/request/asked-standards.ts";
import { coversNumbers } from "../../../src/checks/solidity/solidity/request/coverage.ts";

const check = async (text: string, prompt: string): Promise<string> =>
  said(await run("solidity_behaviour", fenced("solidity", `pragma solidity ^0.8.20;\n${text}`), { prompt }));

const COIN = `contract Coin {
    string public name = "Coin"; string public symbol = "C"; uint8 public decimals = 18; uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    constructor() { totalSupply = 5000 ether; balanceOf[msg.sender] = totalSupply; emit Transfer(address(0), msg.sender, totalSupply); }
    function approve(address spender, uint256 value) external returns (bool) { allowance[msg.sender][spender] = value; emit Approval(msg.sender, spender, value); return true; }
    function transfer(address to, uint256 value) external returns (bool) { move(msg.sender, to, value); return true; }
    function transferFrom(address from, address to, uint256 value) external returns (bool) { allowance[from][msg.sender] -= value; move(from, to, value); return true; }
    function move(address from, address to, uint256 value) private { balanceOf[from] -= value; balanceOf[to] += value; emit Transfer(from, to, value); }
}`;

describe("solidity_behaviour: evidence", () => {
  it("verifies a token by the standard that the request names, and no other request's", async () => {
    expect(await check(COIN, "Write an ERC-20 token with a supply of 5,000.")).toBe(
      "evidence: Coin behaves as an ERC-20 in 12 of 12 trials",
    );
    expect(await check(COIN, "Write a fungible token.")).toBe("nothing");
    expect(await check(COIN, "Write an ERC-20 token that takes a transfer fee.")).toBe("nothing");
    expect(await check(COIN, "Write an ERC-20 token with a supply of 7 million.")).toBe("nothing");
    expect(await check(COIN, "Write an ERC-721 collection.")).toBe("nothing");
  });

  it("does not verify it while something speaks against it", async () => {
    const open = COIN.replace(
      /}$/,
      "function mint(address to, uint256 value) external { totalSupply += value; balanceOf[to] += value; } }",
    );
    expect(await check(open, "Write an ERC-20 token with a supply of 5,000 and minting.")).toMatch(
      /^fact: Coin: any account can call mint/,
    );
    expect(await check(open, "Write an ERC-20 token with a supply of 5,000 that anyone can mint.")).toMatch(
      /^hint: Coin: any account can call mint/,
    );
  });

  it("holds an answer against the contract that the request gives to be filled in", async () => {
    const skeleton =
      "contract Pet {\n/** Feeds it. */\nfunction feed() public {}\nfunction hunger() public view returns (uint256) {}\n}";
    const prompt = `Complete this contract:\n${fenced("solidity", skeleton)}`;
    const whole =
      "contract Pet { uint256 n = 9; function feed() public { n = 0; } function hunger() public view returns (uint256) { return n; } }";
    expect(await check(whole, prompt)).toMatch(
      /^evidence: Pet has all 2 functions and events of the given contract, written out; 2 of 2 ran/,
    );
    expect(await check(whole.replace("{ n = 0; }", "{}"), prompt)).toBe("nothing");
    expect(await check(whole.replaceAll("Pet", "Dog"), prompt)).toBe("nothing");
  });
});

describe("solidity_behaviour: what a stranger can do", () => {
  it("reads from a request who alone may call a function, where one sentence says so", () => {
    expect(restrictionOn("mint", "A token. Only the owner can mint new tokens.")).not.toBeNull();
    expect(restrictionOn("mint", "The owner can mint.")).toBeNull();
    expect(restrictionOn("mint", "Anyone can mint, only the owner can pause.")).toBeNull();
    expect(restrictionOn("setPrice", "Only the owner can set the fee.")).toBeNull();
    expect(restrictionOn("setFee", "Only the admin may set the fee.")).not.toBeNull();
  });

  it("reads which standards are named, and which are demanded in full", () => {
    expect([...namedStandards("An ERC20 and an IERC-721, but not ERC20Extended")]).toEqual(["ERC20", "ERC721"]);
    expect([...demandedStandards("Create an ERC721 token contract.")]).toEqual(["ERC721"]);
    expect([...demandedStandards("Create a simplified ERC721 token.")]).toEqual([]);
  });

  it("finds a number in words in the code, in whole tokens or in smallest units", () => {
    expect(coversNumbers("a supply of 100 trillion", ["uint256 s = 100_000_000_000_000 * 10**18;"])).toBe(true);
    expect(coversNumbers("a supply of 100 trillion", ["uint256 s = 1000000000000 * 10**18;"])).toBe(false);
  });

  it("leaves what a game or a faucet is about", async () => {
    const faucet =
      "contract Faucet { address public owner = msg.sender; receive() external payable {} function drip() external { payable(msg.sender).transfer(1 ether); } }";
    expect(await check(faucet, "A faucet that gives 1 ether to each caller.")).toMatch(/^hint/);
    expect(await check(faucet, "A donation box.")).toMatch(/^fact: Faucet: any account can call drip/);
  });

  it("deploys through arguments, initialisers and hard-coded exchanges", async () => {
    const token =
      "interface R { function factory() external view returns (address); } interface F { function createPair(address, address) external returns (address); } contract T { address public pair; constructor() { pair = F(R(0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D).factory()).createPair(address(this), address(1)); } }";
    expect(await check(token, "A token with a pair.")).toBe("nothing");
    const capped =
      'contract C { uint256 public cap; constructor(uint256 percent, address admin) { require(percent <= 100, "percent"); require(admin != address(0)); cap = percent; } }';
    expect(await check(capped, "A contract.")).toBe("nothing");
  });
});
