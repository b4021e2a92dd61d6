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
});
