import type { TaskScript } from "./answer.ts";

/** The vulnerable contract of the demonstration. The good audit cites its lines. */
export const AUDIT_SOURCE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract EtherBank {
    address public owner;
    mapping(address => uint256) public balances;

    event Deposited(address indexed account, uint256 amount);
    event Withdrawn(address indexed account, uint256 amount);

    constructor() {
        owner = msg.sender;
    }

    function deposit() external payable {
        balances[msg.sender] += msg.value;
        emit Deposited(msg.sender, msg.value);
    }

    function withdraw() external {
        uint256 amount = balances[msg.sender];
        (bool sent, ) = msg.sender.call{value: amount}("");
        require(sent, "transfer failed");
        balances[msg.sender] = 0;
        emit Withdrawn(msg.sender, amount);
    }

    function setOwner(address newOwner) external {
        owner = newOwner;
    }

    function sweep(address payable to) external {
        require(msg.sender == owner, "not owner");
        to.send(address(this).balance);
    }

    function luckyBonus() external view returns (bool) {
        return uint256(keccak256(abi.encodePacked(block.timestamp, msg.sender))) % 10 == 0;
    }
}
`;

/** Finding what is wrong with a contract. The bad answer accuses functions that do not exist and says no severity, place or fix. */
export const audit: TaskScript = {
  task: "semantic_audit",
  matches: /\baudit|vulnerab|security review|exploit/i,
  prompt:
    "Audit this contract. For each finding give its severity, its location (contract, function, lines), its impact and a fix.\n\n" +
    `\`\`\`solidity\n${AUDIT_SOURCE}\`\`\``,
  good: `# Audit of EtherBank

Scripted answer of the Signalbox sandbox. Four findings: two critical, one high, one medium.

## 1. Anyone can take ownership

- **Severity:** Critical
- **Location:** \`EtherBank.setOwner\`, lines 28-30
- **Impact:** \`setOwner\` has no access control. Any account can make itself \`owner\` and then call \`sweep\` to take every depositor's ether.
- **Fix:** Require \`msg.sender == owner\` in \`setOwner\`, reject the zero address, and emit an event; better still, let the new owner accept in a second step.

## 2. Reentrancy in withdraw

- **Severity:** Critical
- **Location:** \`EtherBank.withdraw\`, lines 20-26
- **Impact:** The external call in line 22 runs before \`balances[msg.sender]\` is set to zero in line 24. A contract that calls \`withdraw\` again from its receive function still has its full balance on record in line 21 and is paid it once more, again and again, until the other depositors' ether is gone.
- **Fix:** Set \`balances[msg.sender]\` to zero before the external call (checks, effects, interactions) and add a reentrancy guard.

## 3. The result of send is ignored

- **Severity:** High
- **Location:** \`EtherBank.sweep\`, lines 32-35
- **Impact:** \`send\` returns false when the receiver reverts or needs more than 2300 gas. Line 34 drops that result, so \`sweep\` succeeds although nothing was moved, and whoever relies on it is misled. It also takes the whole balance, depositors' ether included, while \`balances\` still promises it to them.
- **Fix:** Use \`call\` and require its success, and let \`sweep\` move only what exceeds the sum of all deposits.

## 4. Predictable randomness

- **Severity:** Medium
- **Location:** \`EtherBank.luckyBonus\`, lines 37-39
- **Impact:** \`luckyBonus\` derives its result from \`block.timestamp\` and \`msg.sender\`. Both are known to the caller, and a validator can choose the timestamp within limits, so anyone can arrange to be lucky.
- **Fix:** Take randomness from a verifiable source such as a VRF oracle, or use a commit and reveal scheme.
`,
  bad: `# Audit (sandbox: a deliberately poor answer)

The function \`transferOwnershipNow\` in \`TokenSale\` looks dangerous at line 412, and \`mintUnlimited\` may overflow.
Apart from that the code is well written and follows best practices. It can be deployed to production as it is.
`,
};
