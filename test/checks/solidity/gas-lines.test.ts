import { describe, expect, it } from "vitest";
import type { CheckOutcome } from "../../../src/checks/kit/check.ts";
import { fenced, run, said } from "../../verify/subject.ts";

const HEAD = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n";
const LEVELS = `${HEAD}contract Levels {
    mapping(address => uint256) public score;
    mapping(address => mapping(address => uint256)) public allowed;
    function add(address who, uint256 n) external { require(n <= 900, "n"); score[who] = score[who] + n; }
    function allow(address who, uint256 n) external { allowed[msg.sender][who] = n; }
    function spend(address from, uint256 n) external {
        require(allowed[from][msg.sender] >= n, "allowed");
        allowed[from][msg.sender] = allowed[from][msg.sender] - n;
    }
    function bonus(address who) external view returns (uint256) {
        uint256 s = score[who];
        uint256 b = s * 3;
        if (s >= 1234) { b = b + 7; }
        return b;
    }
}`;

function found(original: string, answer: string): Promise<CheckOutcome> {
  const files = [{ path: "A.sol", content: original }];
  return run("gas", fenced("solidity", answer), { files, prompt: "Optimise." });
}

describe("lines that code draws", () => {
  it("finds what only happens at one number, which takes several calls to come to", async () => {
    const outcome = await found(LEVELS, LEVELS.replace("s >= 1234", "s > 1234"));
    expect(said(outcome)).toMatch(/^fact: Levels.bonus\(address\) behaves differently/);
  });

  it("does not let the largest number be treated apart", async () => {
    const apart = LEVELS.replace(
      "allowed[from][msg.sender] = allowed[from][msg.sender] - n;",
      "uint256 a = allowed[from][msg.sender]; if (a != type(uint256).max) allowed[from][msg.sender] = a - n;",
    );
    expect(said(await found(LEVELS, apart))).toMatch(/^fact: .*behaves differently/);
  });

  it("leaves open what no call has shown", async () => {
    const hidden = LEVELS.replace("s >= 1234", "s * 1000003 >= 1234567891234");
    const moved = hidden
      .replace(">= 1234567891234", "> 1234567891234")
      .replace("uint256 b = s * 3;", "uint256 b; unchecked { b = s * 3; }");
    expect(said(await found(hidden, moved))).toMatch(/^not checked: .*no call has shown/);
  });

  it("leaves open what is written after a call that could call back", async () => {
    const original = `${HEAD}interface Coin { function send(address to, uint256 n) external returns (bool); }
contract Purse {
    Coin coin;
    uint256 public left = 900;
    constructor(Coin coin_) { coin = coin_; }
    function take(uint256 n) external {
        left = left - n;
        require(coin.send(msg.sender, n), "coin");
    }
}`;
    const late = original
      .replace("Coin coin;", "Coin immutable coin;")
      .replace("        left = left - n;\n", "")
      .replace('"coin");', '"coin"); left = left - n;');
    expect(said(await found(original, late))).toMatch(/^not checked: .*after it has called another contract/);
  });

  it("knows a guard that lets fewer through", async () => {
    const either = LEVELS.replace('require(n <= 900, "n");', 'require(n <= 900 || msg.sender == who, "n");');
    const one = LEVELS.replace('require(n <= 900, "n");', 'require(msg.sender == who, "n");');
    expect(said(await found(either, one))).toMatch(/^fact: .*behaves differently/);
  });
});

describe("libraries whose functions are internal", () => {
  const LIBRARY = `${HEAD}library Sums { function sum(uint256[] memory xs) internal pure returns (uint256 t) { for (uint256 i = 0; i < xs.length; i++) { t = t + xs[i]; } } }`;

  it("are called through a contract beside them", async () => {
    const better = LIBRARY.replace("i++", "++i");
    expect((await found(LIBRARY, better))?.looked).toMatch(/1 of 1 functions reached/);
  });

  it("are found out when they do something else", async () => {
    const worse = LIBRARY.replace("i = 0", "i = 1");
    expect(said(await found(LIBRARY, worse))).toMatch(/^fact: SumsHarness\.sum/);
  });
});
