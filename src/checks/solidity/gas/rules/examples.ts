import type { Example } from "../../../kit/rule.ts";

const ORIGINAL = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

contract Till {
    address public owner;
    uint256 public total;
    bool public paused;
    mapping(address => uint256) public paid;

    event Paid(address indexed from, uint256 amount);

    constructor() {
        owner = msg.sender;
    }

    function pause(bool to) external {
        require(msg.sender == owner, "not owner");
        paused = to;
    }

    function pay(uint256 amount) external {
        require(!paused, "paused");
        require(amount > 0, "nothing");
        paid[msg.sender] += amount;
        total += amount;
        emit Paid(msg.sender, amount);
    }
}`;

/** An optimisation of one contract: each pair replaces the first by the second. */
export function optimised(...edits: readonly (readonly [string, string])[]): Example {
  const code = edits.reduce((text, [was, is]) => text.replace(was, is), ORIGINAL);
  return inPlaceOf(ORIGINAL, code);
}

/** An answer to the request to optimise some code. */
export function inPlaceOf(original: string, code: string): Example {
  return {
    prompt: `Optimise this for gas:\n\n\`\`\`solidity\n${original}\n\`\`\``,
    answer: `Here it is:\n\n\`\`\`solidity\n${code}\n\`\`\``,
  };
}

/** Part of every good optimisation of the contract. */
export const CHEAPER = ["address public owner;", "address public immutable owner;"] as const;
