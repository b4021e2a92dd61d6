import { describe, expect, it } from "vitest";
import { soliditySecurity } from "../../../src/checks/solidity/checks/solidity-security.ts";
import { fenced, said, subject } from "../../verify/subject.ts";

const HEAD = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n";

async function security(code: string): Promise<string> {
  const given = subject(fenced("solidity", HEAD + code), { prompt: "Write a contract." });
  return said(await soliditySecurity.run(given, new AbortController().signal));
}

const MISSING = /^fail: .*missing bookkeeping/;
const OPEN = /^fail: .*open to anybody/;

describe("bookkeeping", () => {
  it.each([
    [
      "a flag that is read and never set",
      "mapping(address => bool) public done; uint256 public n; function f() external { require(!done[msg.sender]); n++; }",
    ],
    [
      "a credit that is only taken",
      "mapping(address => uint256) public owed; uint256 public n; function f() external { uint256 a = owed[msg.sender]; owed[msg.sender] = 0; n += a; }",
    ],
    [
      "a member that is asked for and never set",
      "struct P { uint256 a; bool done; } P[] public ps; function add() external { ps.push(P(1, false)); } function f(uint256 i) external { require(!ps[i].done); ps[i].a = 2; }",
    ],
  ])("misses %s", async (_name, body) => {
    expect(await security(`contract A { ${body} }`)).toMatch(MISSING);
  });

  it.each([
    [
      "through a pointer",
      "struct P { bool done; } mapping(uint256 => P) public ps; function f(uint256 i) external { P storage p = ps[i]; require(!p.done); p.done = true; }",
    ],
    [
      "by a function that hands the place out",
      "struct P { bool done; } mapping(uint256 => P) ps; function at(uint256 i) internal view returns (P storage) { return ps[i]; } function f(uint256 i) external { require(!at(i).done); at(i).done = true; }",
    ],
    [
      "as a whole that callers give",
      "struct P { bool done; uint256 a; } mapping(uint256 => P) public ps; function set(uint256 i, P calldata p) external { ps[i] = p; } function f(uint256 i) external view { require(!ps[i].done); }",
    ],
    [
      "by assembly",
      "mapping(address => bool) public done; function f() external { require(!done[msg.sender]); assembly { sstore(0, 1) } }",
    ],
    [
      "by a literal of the struct",
      "struct P { bool live; } mapping(uint256 => P) public ps; function add(uint256 i) external { ps[i] = P({live: true}); } function f(uint256 i) external { require(ps[i].live); delete ps[i]; }",
    ],
  ])("sees what is written %s", async (_name, body) => {
    expect(await security(`contract A { ${body} }`)).not.toMatch(MISSING);
  });
});

describe("what anybody can do", () => {
  const TOKEN =
    "interface T { function transfer(address, uint256) external returns (bool); function transferFrom(address, address, uint256) external returns (bool); function balanceOf(address) external view returns (uint256); }\n";

  it.each([
    [
      "send tokens away",
      `${TOKEN}contract A { T public t; function out(address to, uint256 n) external { require(t.transfer(to, n)); } }`,
    ],
    [
      "initialise again",
      "contract A { address public boss; uint256 public n; function initialize(address b) external { require(b != address(0)); boss = b; } function f() external { require(msg.sender == boss); n = 1; } }",
    ],
    [
      "hand out a right",
      "contract A { mapping(address => bool) public isAgent; uint256 public n; function hire(address a) external { isAgent[a] = true; } function f() external { require(isAgent[msg.sender]); n = 1; } }",
    ],
  ])("tells that anybody can %s", async (_name, code) => {
    expect(await security(code)).toMatch(OPEN);
  });

  it.each([
    [
      "swap",
      `${TOKEN}contract A { T public t; T public u; function swap(uint256 n) external { require(t.transferFrom(msg.sender, address(this), n)); require(u.transfer(msg.sender, n)); } }`,
    ],
    [
      "take out an own share",
      `${TOKEN}contract A { T public t; mapping(address => uint256) public s; function put(uint256 n) external { s[msg.sender] += n; require(t.transferFrom(msg.sender, address(this), n)); } function out(address to, uint256 n) external { s[msg.sender] -= n; require(t.transfer(to, n)); } }`,
    ],
    [
      "initialise once",
      "contract A { address public boss; uint256 public n; function initialize(address b) external { require(boss == address(0)); boss = b; } function f() external { require(msg.sender == boss); n = 1; } }",
    ],
    [
      "join",
      "contract A { mapping(address => bool) public isMember; uint256 public n; function join() external { isMember[msg.sender] = true; } function f() external { require(isMember[msg.sender]); n = 1; } }",
    ],
  ])("lets anybody %s", async (_name, code) => {
    expect(await security(code)).not.toMatch(OPEN);
  });

  it("tells a lock that stands the wrong way round", async () => {
    const lock = (sign: string): string =>
      `contract A { address public boss = msg.sender; uint256 public unlockTime = 9; uint256 public n; function withdraw() external { require(msg.sender == boss); require(block.timestamp ${sign} unlockTime); n = 1; } }`;
    expect(await security(lock("<"))).toMatch(/wrong way round/);
    expect(await security(lock(">="))).toMatch(/^pass/);
  });
});
