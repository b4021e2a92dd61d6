import type { TaskScript } from "./answer.ts";

/** The contract that the demonstration asks to make cheaper. */
export const GAS_ORIGINAL = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract RewardPool {
    address public owner;
    uint256 public totalRewards;
    address[] public members;
    mapping(address => uint256) public rewards;

    event Rewarded(address indexed member, uint256 amount);

    constructor() {
        owner = msg.sender;
    }

    function addMember(address member) external {
        require(msg.sender == owner, "not owner");
        members.push(member);
    }

    function distribute(uint256 amount) external {
        require(msg.sender == owner, "not owner");
        for (uint256 i = 0; i < members.length; i++) {
            rewards[members[i]] = rewards[members[i]] + amount;
            totalRewards = totalRewards + amount;
            emit Rewarded(members[i], amount);
        }
    }

    function sumOf(address[] memory accounts) external view returns (uint256) {
        uint256 sum = 0;
        for (uint256 i = 0; i < accounts.length; i++) {
            sum = sum + rewards[accounts[i]];
        }
        return sum;
    }
}
`;

const OPTIMISED = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// Scripted answer of the Signalbox sandbox.
contract RewardPool {
    address public immutable owner;
    uint256 public totalRewards;
    address[] public members;
    mapping(address => uint256) public rewards;

    event Rewarded(address indexed member, uint256 amount);

    constructor() {
        owner = msg.sender;
    }

    function addMember(address member) external {
        require(msg.sender == owner, "not owner");
        members.push(member);
    }

    function distribute(uint256 amount) external {
        require(msg.sender == owner, "not owner");
        uint256 count = members.length;
        uint256 total = totalRewards;
        for (uint256 i = 0; i < count; ++i) {
            address member = members[i];
            rewards[member] += amount;
            total += amount;
            emit Rewarded(member, amount);
        }
        totalRewards = total;
    }

    function sumOf(address[] calldata accounts) external view returns (uint256) {
        uint256 sum;
        uint256 count = accounts.length;
        for (uint256 i = 0; i < count; ++i) {
            sum += rewards[accounts[i]];
        }
        return sum;
    }
}
`;

/** Making a contract cheaper without changing what it does. The bad answer drops a guard and an event, and does not parse. */
export const gas: TaskScript = {
  task: "gas_optimization",
  matches: /\bgas\b/i,
  prompt:
    "Optimise the gas usage of this contract. Keep its ABI, its events and its behaviour exactly as they are.\n\n" +
    `\`\`\`solidity\n${GAS_ORIGINAL}\`\`\``,
  good: `\`\`\`solidity
${OPTIMISED}\`\`\`

What changed, with the same ABI, events and reverts:

- \`owner\` is immutable: it is set only in the constructor, so each check reads it from the code instead of from storage.
- \`distribute\` reads \`members.length\`, each member and \`totalRewards\` once, and writes the total once after the loop.
- \`sumOf\` takes its array from calldata, so that nothing is copied to memory.
`,
  bad: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// sandbox: a deliberately broken answer
contract RewardPool {
    address public immutable owner;
    uint256 public totalRewards;
    address[] public members;
    mapping(address => uint256) public rewards;

    constructor() {
        owner = msg.sender;
    }

    function distribute(uint256 amount) external {
        unchecked {
            for (uint256 i = 0; i < members.length; ++i {
                rewards[members[i]] += amount;
            }
        totalRewards += amount * members.length;
    }
}
\`\`\`
`,
};
