import { bad } from "../code.ts";

/** What only some may do, others can; or who may, cannot be told. */
export const WRONG_RULES = [
  bad("solidity_security", {
    name: "a treasury that anybody can empty",
    prompt: "Write a treasury contract which receives ETH and ERC20 tokens; only the owner can send them out.",
    answer: `The contract below does that.

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract Treasury is Ownable {
    using SafeERC20 for IERC20;

    event EthSent(address indexed to, uint256 amount);
    event TokenSent(address indexed token, address indexed to, uint256 amount);

    constructor() Ownable(msg.sender) {}

    receive() external payable {}

    function sendEth(address payable to, uint256 amount) external onlyOwner {
        (bool ok, ) = to.call{value: amount}("");
        require(ok, "send failed");
        emit EthSent(to, amount);
    }

    function sendToken(IERC20 token, address to, uint256 amount) external {
        token.safeTransfer(to, amount);
        emit TokenSent(address(token), to, amount);
    }
}
\`\`\``,
  }),
  bad("solidity_meets_request", {
    name: "mints under the wrong role",
    prompt:
      "ERC20 with AccessControl. MINTER_ROLE can mint, BURNER_ROLE can burn from any account. Admin is given to the constructor.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import "@openzeppelin/contracts/access/AccessControl.sol";

contract RoleToken is ERC20, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");
    bytes32 public constant BURNER_ROLE = keccak256("BURNER_ROLE");

    constructor(address admin) ERC20("RoleToken", "RTK") {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(MINTER_ROLE, admin);
    }

    function mint(address to, uint256 amount) external onlyRole(MINTER_ROLE) {
        _mint(to, amount);
    }

    function burn(address from, uint256 amount) external onlyRole(MINTER_ROLE) {
        _burn(from, amount);
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "an owner known by the origin of the transaction",
    prompt: "Contract FeeManager with an owner who can update feeBps (max 1000) and transfer ownership.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract FeeManager {
    address public owner;
    uint256 public feeBps;

    event FeeUpdated(uint256 feeBps);
    event OwnershipTransferred(address indexed from, address indexed to);

    error NotOwner();
    error FeeTooHigh();

    constructor(uint256 initialFee) {
        owner = msg.sender;
        feeBps = initialFee;
    }

    function _checkOwner() internal view {
        if (tx.origin != owner) revert NotOwner();
    }

    modifier onlyOwner() {
        _checkOwner();
        _;
    }

    function setFee(uint256 newFee) external onlyOwner {
        if (newFee > 1000) revert FeeTooHigh();
        feeBps = newFee;
        emit FeeUpdated(newFee);
    }

    function transferOwnership(address to) external onlyOwner {
        require(to != address(0), "zero");
        emit OwnershipTransferred(owner, to);
        owner = to;
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "an emergency exit that is open to all",
    prompt:
      "Build a crowdfunding contract: people contribute ETH until a deadline; if the goal is met the creator withdraws, otherwise contributors get refunds.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Crowdfund {
    address public immutable creator;
    uint256 public immutable goal;
    uint256 public immutable deadline;
    uint256 public totalRaised;
    bool public withdrawn;
    mapping(address => uint256) public contributions;

    event Contributed(address indexed who, uint256 amount);
    event Withdrawn(uint256 amount);
    event Refunded(address indexed who, uint256 amount);

    constructor(uint256 _goal, uint256 _duration) {
        creator = msg.sender;
        goal = _goal;
        deadline = block.timestamp + _duration;
    }

    function contribute() external payable {
        require(block.timestamp < deadline, "over");
        require(msg.value > 0, "no value");
        contributions[msg.sender] += msg.value;
        totalRaised += msg.value;
        emit Contributed(msg.sender, msg.value);
    }

    function withdraw() external {
        require(msg.sender == creator, "not creator");
        require(block.timestamp >= deadline, "not over");
        require(totalRaised >= goal, "goal not met");
        require(!withdrawn, "done");
        withdrawn = true;
        uint256 amount = address(this).balance;
        (bool ok, ) = creator.call{value: amount}("");
        require(ok, "failed");
        emit Withdrawn(amount);
    }

    function refund() external {
        require(block.timestamp >= deadline, "not over");
        require(totalRaised < goal, "goal met");
        uint256 amount = contributions[msg.sender];
        require(amount > 0, "nothing");
        contributions[msg.sender] = 0;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "failed");
        emit Refunded(msg.sender, amount);
    }

    // Safety hatch in case something goes wrong
    function emergencyWithdraw(address payable to) external {
        (bool ok, ) = to.call{value: address(this).balance}("");
        require(ok, "failed");
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "an upgrade that nobody guards",
    prompt: "UUPS upgradeable counter with an owner. Only the owner may upgrade or reset it, anyone can increment.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Initializable} from "@openzeppelin/contracts-upgradeable/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts-upgradeable/proxy/utils/UUPSUpgradeable.sol";
import {OwnableUpgradeable} from "@openzeppelin/contracts-upgradeable/access/OwnableUpgradeable.sol";

contract UpgradeableCounter is Initializable, OwnableUpgradeable, UUPSUpgradeable {
    uint256 public count;

    event Incremented(uint256 count);

    constructor() { _disableInitializers(); }

    function initialize(address owner_) external initializer {
        __Ownable_init(owner_);
    }

    function increment() external {
        count += 1;
        emit Incremented(count);
    }

    function reset() external onlyOwner {
        count = 0;
    }

    function _authorizeUpgrade(address) internal override {}
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "an initializer that can be called twice",
    prompt:
      "Write a clone-friendly (EIP-1167) vesting wallet with initialize(address beneficiary, uint64 start, uint64 duration) that can only be called once, and release().",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract VestingClone {
    address public beneficiary;
    uint64 public start;
    uint64 public duration;
    uint256 public released;

    event Released(uint256 amount);

    function initialize(address _beneficiary, uint64 _start, uint64 _duration) external {
        require(_beneficiary != address(0), "zero");
        beneficiary = _beneficiary;
        start = _start;
        duration = _duration;
    }

    receive() external payable {}

    function release() external {
        uint256 total = address(this).balance + released;
        uint256 vested = block.timestamp < start ? 0
            : block.timestamp >= start + duration ? total
            : (total * (block.timestamp - start)) / duration;
        uint256 amount = vested - released;
        released += amount;
        emit Released(amount);
        (bool ok, ) = payable(beneficiary).call{value: amount}("");
        require(ok, "failed");
    }
}
\`\`\``,
  }),
  bad("solidity_meets_request", {
    name: "an open batch mint beside the guarded one",
    prompt: "Loyalty token (ERC20) - only the owner can mint. Also add a batch mint for many recipients.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract LoyaltyToken is ERC20, Ownable {
    constructor() ERC20("Loyalty", "LOY") Ownable(msg.sender) {}

    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }

    function batchMint(address[] calldata recipients, uint256[] calldata amounts) external {
        require(recipients.length == amounts.length, "length mismatch");
        for (uint256 i = 0; i < recipients.length; i++) {
            _mint(recipients[i], amounts[i]);
        }
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "anybody makes himself a minter",
    prompt:
      "ERC20 stablecoin where approved minters can mint up to their allowance, the owner configures minters (configureMinter) and removes them (removeMinter), anyone can burn own tokens.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract Stable is ERC20, Ownable {
    mapping(address => bool) public isMinter;
    mapping(address => uint256) public minterAllowance;

    event MinterConfigured(address indexed minter, uint256 allowance);
    event MinterRemoved(address indexed minter);

    constructor() ERC20("Stable", "STB") Ownable(msg.sender) {}

    function configureMinter(address minter, uint256 allowance_) external {
        isMinter[minter] = true;
        minterAllowance[minter] = allowance_;
        emit MinterConfigured(minter, allowance_);
    }

    function removeMinter(address minter) external onlyOwner {
        isMinter[minter] = false;
        minterAllowance[minter] = 0;
        emit MinterRemoved(minter);
    }

    function mint(address to, uint256 amount) external {
        require(isMinter[msg.sender], "not a minter");
        require(minterAllowance[msg.sender] >= amount, "allowance exceeded");
        minterAllowance[msg.sender] -= amount;
        _mint(to, amount);
    }

    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }
}
\`\`\``,
  }),
];
