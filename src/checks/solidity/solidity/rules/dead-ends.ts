import { listed } from "../../../kit/check.ts";
import { defineRule } from "../../../kit/rule.ts";
import type { BehaviourReading } from "../behaviour-reading.ts";
import { nodesIn, textIn } from "../solc-ast.ts";

const HEAD = "```solidity\npragma solidity ^0.8.20;\n";

/** Functions that no call of a bounded search brought to an end. */
export const neverSucceeds = defineRule<BehaviourReading>({
  id: "solidity/never-succeeds",
  severity: "moderate",
  certainty: "hint",
  docs: {
    summary: "No call of a function succeeded, with any sender, arguments, value and time that were tried.",
    why: "A function that always reverts does nothing: a role that no account holds, a condition that cannot come true. The search is bounded, so it is a hint.",
  },
  good: [{ answer: `${HEAD}contract A { uint256 public n; function add() external { n += 1; } }\n\`\`\`` }],
  bad: [
    {
      answer: `${HEAD}contract A { mapping(address => bool) keeper; uint256 public n; function add() external { require(keeper[msg.sender], "keeper"); n += 1; } }\n\`\`\``,
    },
  ],
  run({ trials }) {
    return trials.flatMap(({ contract, deployed, ran }) => {
      if (deployed !== null) return [];
      const dead = Object.keys(contract.methodIdentifiers).filter((signature) => !ran.has(signature));
      return dead.length === 0 ? [] : [{ message: `no call of ${contract.name} succeeded: ${listed(dead)}` }];
    });
  },
});

/** Contracts that pay out ether and have no way to take it in. */
export const neverFunded = defineRule<BehaviourReading>({
  id: "solidity/never-funded",
  severity: "serious",
  certainty: "hint",
  docs: {
    summary: "A contract sends ether and has nothing payable: no function, no receive, no fallback, no constructor.",
    why: "It can never hold what it is to pay out, but for ether that is forced upon it.",
    references: ["https://docs.soliditylang.org/en/latest/contracts.html#receive-ether-function"],
  },
  good: [
    {
      answer: `${HEAD}contract A { receive() external payable {} function pay(address payable to) external { to.transfer(1); } }\n\`\`\``,
    },
  ],
  bad: [{ answer: `${HEAD}contract A { function pay(address payable to) external { to.transfer(1); } }\n\`\`\`` }],
  run({ trials, outcome }) {
    if (outcome.state !== "compiled") return [];
    const { trees } = outcome.project.compilation;
    return trials.flatMap(({ contract: { name, abi } }) => {
      if (abi.some(({ stateMutability }) => stateMutability === "payable")) return [];
      const nodes = [...trees.values()].flatMap((tree) => nodesIn(tree, "nodes"));
      const own = nodes.find((node) => node.nodeType === "ContractDefinition" && textIn(node, "name") === name);
      return own !== undefined && SENDS.test(JSON.stringify(own))
        ? [{ message: `${name} sends ether and nothing of it can receive any` }]
        : [];
    });
  },
});

/** In the compiler's syntax tree: `transfer` and `send` of an address, and a call with a value. */
const SENDS =
  /"typeIdentifier":"t_function_(?:transfer|send)_|"nodeType":"FunctionCallOptions"[^{}]{0,500}"names":\["value"/;
