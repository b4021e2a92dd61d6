import { describe, expect, it } from "vitest";
import type { SolidityCriterion } from "../../../src/checks/kit/criterion.ts";
import { normalised } from "../../../src/checks/solidity/solidity/accept/contract.ts";
import { acceptSolidity } from "../../../src/checks/solidity/checks/solidity-accept.ts";
import { subject } from "../../verify/subject.ts";
import { fenced } from "../../verify/fenced.ts";

const COUNTER = fenced(
  "solidity",
  `pragma solidity ^0.8.20;
contract Counter {
    address public owner = msg.sender;
    uint256 public count;
    event Raised(address indexed by, uint256 count);
    error NotOwner();
    function raise(uint256 by) external { count += by; emit Raised(msg.sender, count); }
    function reset() external { if (msg.sender != owner) revert NotOwner(); count = 0; }
}`,
);

async function outcomeOf(criterion: SolidityCriterion, text = COUNTER) {
  const report = await acceptSolidity.run(subject(text, { criterion }), new AbortController().signal);
  if (report === null) return "nothing";
  if (report.unmade !== undefined) return `unmade: ${report.unmade}`;
  return report.findings.length === 0 ? "met" : `not met: ${report.findings[0]?.message ?? ""}`;
}

const contract = (more: Partial<Extract<SolidityCriterion, { kind: "contract" }>>): SolidityCriterion => ({
  kind: "contract",
  name: "interface",
  contract: null,
  functions: [],
  events: [],
  errors: [],
  standard: null,
  ...more,
});
const test = (body: string): SolidityCriterion => ({
  kind: "solidity_test",
  name: "test",
  source: `contract CounterTest { Counter c; function setUp() public { c = new Counter(); } ${body} }`,
});

describe("accept: contract", () => {
  it("finds functions, events and errors by their signature, however they are written", async () => {
    const wanted = {
      contract: "Counter",
      functions: ["raise(uint by)", "function reset() external"],
      events: ["Raised(address,uint256)"],
      errors: ["NotOwner()"],
    };
    expect(await outcomeOf(contract(wanted))).toBe("met");
    expect(normalised("function f(uint[] calldata a, address b) external returns (bool)")).toBe("f(uint256[],address)");
  });

  it("says what is missing", async () => {
    expect(await outcomeOf(contract({ functions: ["raise(uint256,uint256)"] }))).toMatch(
      /Counter lacks function raise\(uint256,uint256\)/,
    );
    expect(await outcomeOf(contract({ contract: "Till" }))).toMatch(/no contract Till; the answer has Counter/);
    expect(await outcomeOf(contract({ standard: "ERC20" }))).toMatch(/lacks totalSupply\(\)/);
    expect(await outcomeOf(contract({}), "No code here.")).toMatch(/no Solidity contract/);
  });

  it("wants a contract that can be deployed", async () => {
    const wanted = contract({ contract: "Counter", functions: ["raise(uint256)"] });
    const body = "{ function raise(uint256 by) external";
    expect(await outcomeOf(wanted, fenced("solidity", `interface Counter ${body}; }`))).toMatch(
      /^not met: .*Counter is an interface, which cannot be deployed/,
    );
    expect(await outcomeOf(wanted, fenced("solidity", `abstract contract Counter ${body} virtual; }`))).toMatch(
      /^not met: .*Counter is an abstract contract/,
    );
  });

  it("tries a standard out", async () => {
    const token = (guard: string): string =>
      fenced(
        "solidity",
        `pragma solidity ^0.8.20;
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
contract Coin is ERC20 {
    constructor() ERC20("Coin", "C") { _mint(msg.sender, 1000); }
    function transferFrom(address from, address to, uint256 value) public override returns (bool) { ${guard} _transfer(from, to, value); return true; }
}`,
      );
    expect(await outcomeOf(contract({ standard: "ERC20" }), token("_spendAllowance(from, msg.sender, value);"))).toBe(
      "met",
    );
    expect(await outcomeOf(contract({ standard: "ERC20" }), token(""))).toMatch(/not met: .*approved nothing/);
  });
});

describe("accept: solidity_test", () => {
  it("runs each test in a deployment of its own", async () => {
    const two =
      "function testOne() public { c.raise(2); require(c.count() == 2); } function testTwo() public { require(c.count() == 0); }";
    expect(await outcomeOf(test(two))).toBe("met");
  });

  it("says which test reverts and why", async () => {
    expect(await outcomeOf(test('function testIt() public { c.raise(1); require(c.count() == 2, "two"); }'))).toMatch(
      /testIt reverts: two/,
    );
    expect(await outcomeOf(test("function testIt() public view returns (bool) { return c.count() == 1; }"))).toMatch(
      /testIt returns false/,
    );
  });

  it("holds a function that the answer lacks against the answer, and a broken test against nobody", async () => {
    expect(await outcomeOf(test("function testIt() public { c.lower(1); }"))).toMatch(/not met: .*"lower" not found/);
    expect(await outcomeOf(test("function testIt() public { uint256 x = ; }"))).toMatch(/^unmade: /);
    expect(await outcomeOf(test("function other() public {}"))).toMatch(/no contract with a function test/);
  });

  it("finds the answer's files by their names, and pays what the test sends", async () => {
    const source = `pragma solidity ^0.8.20; import {Counter} from "src/Counter.sol";
contract T { function testEther() public { (bool ok, ) = address(1).call{value: 1 ether}(""); require(ok); new Counter(); } }`;
    expect(await outcomeOf({ kind: "solidity_test", name: "test", source })).toBe("met");
  });

  it("refuses an answer that hides a builtin from the test", async () => {
    const wrong = test("function testIt() public { require(c.count() == 9, 'nine'); }");
    const raised = "contract Counter { uint256 public count; }";
    const free = `pragma solidity ^0.8.20; function require(bool, string memory) pure {} ${raised}`;
    expect(await outcomeOf(wrong, fenced("solidity", free))).toBe("unmade: the answer redefines require");
    const alias = `pragma solidity ^0.8.20; function never(bool) pure {} ${raised}`;
    const other = `pragma solidity ^0.8.20; import {never as assert} from "./Counter.sol"; contract Other {}`;
    const two = `${fenced("solidity", `// src/Counter.sol\n${alias}`)}\n${fenced("solidity", `// src/Other.sol\n${other}`)}`;
    expect(await outcomeOf(wrong, two)).toBe("unmade: the answer redefines assert");
    const inherited: SolidityCriterion = {
      kind: "solidity_test",
      name: "test",
      source: "contract T is Base { function testIt() public { assert(false); } }",
    };
    const base = "contract Base { function assert(bool) internal pure {} }";
    expect(await outcomeOf(inherited, fenced("solidity", base))).toBe("unmade: the answer redefines assert");
    expect(await outcomeOf(test("function testIt() public {}"), fenced("solidity", `${base} ${raised}`))).toBe("met");
  });

  it("wants a test to reach its end", async () => {
    const sneaky = fenced(
      "solidity",
      "contract Counter {} library Lib { function go() internal pure { assembly { return(0, 0) } } }",
    );
    for (const visibility of ["public", "external /* external */"]) {
      const early = test(`function testIt() ${visibility} { Lib.go(); require(false); }`);
      expect(await outcomeOf(early, sneaky)).toMatch(/^not met: .*testIt was ended by code of the answer/);
    }
    expect(await outcomeOf(test("function testIt() external { if (c.count() == 0) return; revert(); }"))).toBe("met");
    expect(await outcomeOf(test("function testIt() public { assembly { stop() } }"))).toMatch(
      /^unmade: testIt was ended/,
    );
  });

  it.each([
    ["a library", "library Lib { function go() internal pure { FORGE } }", "Lib.go();"],
    ["a free function", "function go() pure { FORGE }", "go();"],
  ])("believes no mark that %s of the answer has made up", async (_what, code, call) => {
    // What the runner's own end returns: the complement of its argument, and true.
    const forge = "assembly { mstore(0, not(calldataload(4))) mstore(32, 1) return(0, 64) }";
    const answer = fenced("solidity", `contract Counter {} ${code.replace("FORGE", forge)}`);
    expect(await outcomeOf(test(`function testIt() public { ${call} require(false); }`), answer)).toMatch(
      /^unmade: the tests passed, but code of the answer that runs within them ends calls/,
    );
  });

  it("believes no mark of a contract that it inherits, and no jump", async () => {
    const source = "contract T is Base { function testIt() public { go(); require(false); } }";
    const inherits: SolidityCriterion = { kind: "solidity_test", name: "test", source };
    const base = (body: string): string => fenced("solidity", `contract Base { function go() internal { ${body} } }`);
    const forge = "assembly { mstore(0, not(calldataload(4))) mstore(32, 1) return(0, 64) }";
    expect(await outcomeOf(inherits, base(forge))).toMatch(/^unmade: the tests passed, but/);
    const jumps = base("function () internal f = other; assembly { f := f } } function other() internal {");
    const passes = { ...inherits, source: source.replace("require(false);", "") };
    expect(await outcomeOf(passes, jumps)).toMatch(/^unmade: the tests passed, but/);
    expect(await outcomeOf(passes, base(""))).toBe("met");
  });

  it("trusts an answer whose own calls end in assembly, as those of proxies do", async () => {
    const proxy = fenced(
      "solidity",
      "contract Counter { uint256 public count; fallback() external { assembly { mstore(0, 7) return(0, 32) } } }",
    );
    expect(await outcomeOf(test("function testIt() public view { require(c.count() == 0); }"), proxy)).toBe("met");
  });

  it("is unmade where tests were left out, and not met where another fails", async () => {
    const fuzz = "function testAdd(uint8 n) public { c.raise(n); }";
    expect(await outcomeOf(test(`${fuzz} function testOne() public {}`))).toBe("unmade: testAdd takes parameters");
    expect(await outcomeOf(test(fuzz))).toBe("unmade: testAdd takes parameters");
    expect(await outcomeOf(test(`${fuzz} function testOne() public { revert("no"); }`))).toMatch(/testOne reverts: no/);
    const many = Array.from({ length: 41 }, (_, index) => `function test${index}() public {}`).join(" ");
    expect(await outcomeOf(test(many))).toMatch(/^unmade: only \d+ of 41 tests were run/);
  });

  it("stops by itself when time is short", async () => {
    const loop = (index: number): string =>
      `function test${index}() public { uint256 n; for (uint256 i = 0; i < 150000; i++) n += i; require(n > 0); }`;
    const started = performance.now();
    const heavy = test(Array.from({ length: 30 }, (_, index) => loop(index)).join(" "));
    expect(await outcomeOf(heavy)).toMatch(/^unmade: only \d+ of 30 tests were run: there was no time for more/);
    expect(performance.now() - started).toBeLessThan(12_000);
  });

  it("concludes nothing from a lack of gas", async () => {
    const endless = fenced("solidity", "contract Counter { function spin() external pure { while (true) {} } }");
    expect(await outcomeOf(test("function testIt() public view { c.spin(); }"), endless)).toBe(
      "unmade: testIt needs more than 30 million gas",
    );
  });

  it("wants a testFail… to revert", async () => {
    expect(await outcomeOf(test("function testFailIt() public { c.raise(type(uint256).max); c.raise(1); }"))).toBe(
      "met",
    );
    expect(await outcomeOf(test("function testFailIt() public { c.raise(1); }"))).toMatch(
      /^not met: .*testFailIt does not revert/,
    );
  });
});
