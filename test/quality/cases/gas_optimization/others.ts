import type { VerdictStatus } from "../../../../src/core/verdict.ts";
import type { AnswerCase } from "../case.ts";

const task = "gas_optimization";
const F = "```";
const S = (b: string) => `// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n\n${b}`;
const BANK = S(`contract Piggy {
    address public owner;
    uint256 public total;
    uint256 public limit;
    mapping(address => uint256) public saved;
    address[] public savers;
    event Saved(address indexed who, uint256 amount);
    event Taken(address indexed who, uint256 amount);

    constructor(uint256 limit_) {
        owner = msg.sender;
        limit = limit_;
    }

    function save() external payable {
        require(msg.value > 0, "nothing sent");
        require(saved[msg.sender] + msg.value <= limit, "over the limit");
        if (saved[msg.sender] == 0) {
            savers.push(msg.sender);
        }
        saved[msg.sender] = saved[msg.sender] + msg.value;
        total = total + msg.value;
        emit Saved(msg.sender, msg.value);
    }

    function take(uint256 amount) external {
        require(saved[msg.sender] >= amount, "not enough");
        saved[msg.sender] = saved[msg.sender] - amount;
        total = total - amount;
        payable(msg.sender).transfer(amount);
        emit Taken(msg.sender, amount);
    }

    function sumOfSavers() external view returns (uint256) {
        uint256 sum = 0;
        for (uint256 i = 0; i < savers.length; i++) {
            sum += saved[savers[i]];
        }
        return sum;
    }

    function setLimit(uint256 next) external {
        require(msg.sender == owner, "not owner");
        limit = next;
    }
}`);
const OPT = S(`contract Piggy {
    address public immutable owner;
    uint256 public total;
    uint256 public limit;
    mapping(address => uint256) public saved;
    address[] public savers;
    event Saved(address indexed who, uint256 amount);
    event Taken(address indexed who, uint256 amount);

    constructor(uint256 limit_) {
        owner = msg.sender;
        limit = limit_;
    }

    function save() external payable {
        require(msg.value > 0, "nothing sent");
        uint256 before = saved[msg.sender];
        uint256 next = before + msg.value;
        require(next <= limit, "over the limit");
        if (before == 0) savers.push(msg.sender);
        saved[msg.sender] = next;
        total += msg.value;
        emit Saved(msg.sender, msg.value);
    }

    function take(uint256 amount) external {
        uint256 before = saved[msg.sender];
        require(before >= amount, "not enough");
        unchecked { saved[msg.sender] = before - amount; }
        total -= amount;
        payable(msg.sender).transfer(amount);
        emit Taken(msg.sender, amount);
    }

    function sumOfSavers() external view returns (uint256 sum) {
        uint256 length = savers.length;
        for (uint256 i; i < length; ) {
            sum += saved[savers[i]];
            unchecked { ++i; }
        }
    }

    function setLimit(uint256 next) external {
        require(msg.sender == owner, "not owner");
        limit = next;
    }
}`);
const prompt = "Optimise this contract for gas without changing behaviour.\n\n" + F + "solidity\n" + BANK + "\n" + F;
const a = (code: string) => "Optimised:\n\n" + F + "solidity\n" + code + "\n" + F;
const v = (name: string, answer: string, expect: VerdictStatus = "verified"): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect,
});
/** Answers that somebody wrote who had not seen the checks. */
export const OTHERS: readonly AnswerCase[] = [
  v("good", a(OPT)),
  v(
    "custom errors",
    a(
      OPT.replace("event Saved", "error NotOwner();\n    event Saved").replace(
        'require(msg.sender == owner, "not owner");',
        "if (msg.sender != owner) revert NotOwner();",
      ),
    ),
  ),
  v("limit off by one", a(OPT.replace("next <= limit", "next < limit")), "failed"),
  v("guard dropped", a(OPT.replace('        require(msg.sender == owner, "not owner");\n', "")), "failed"),
  v("event dropped", a(OPT.replace("        emit Taken(msg.sender, amount);\n", "")), "failed"),
  v("unchecked take", a(OPT.replace('        require(before >= amount, "not enough");\n', "")), "failed"),
  v(
    "branch dropped",
    a(OPT.replace("if (before == 0) savers.push(msg.sender);", "savers.push(msg.sender);")),
    "failed",
  ),
  v("getter removed", a(OPT.replace("uint256 public total", "uint256 private total")), "failed"),
  v("sum wrong", a(OPT.replace("for (uint256 i; i < length; )", "for (uint256 i = 1; i < length; )")), "failed"),
  v("total not lowered", a(OPT.replace("        total -= amount;\n", "")), "failed"),
  v(
    "event args swapped",
    a(OPT.replace("emit Saved(msg.sender, msg.value)", "emit Saved(msg.sender, next)")),
    "failed",
  ),
  v("identical", a(BANK), "failed"),
  v("not compiling", a(OPT.replace("uint256 next = before", "uint256 next = beforee")), "failed"),
  v("zero check dropped", a(OPT.replace('        require(msg.value > 0, "nothing sent");\n', "")), "failed"),
  {
    name: "no original",
    task,
    prompt: "Make my staking contract cheaper in gas.",
    answer: a(OPT),
    expect: "unchecked",
  },
  {
    name: "context file",
    task,
    prompt: "Reduce gas, keep behaviour.",
    context: { files: [{ path: "Piggy.sol", content: BANK }] },
    answer: a(OPT),
    expect: "verified",
  },
  v("immutable limit breaks setLimit", a(OPT.replace("limit = next;\n    }\n}", "}\n}")), "failed"),
];
