import { bad } from "../code.ts";

/** Does not compile, breaks off, or lacks what the request names. */
export const MISSING_PARTS = [
  bad("solidity_compiles", {
    name: "a hook of release 4 beside a constructor of release 5",
    prompt: "Create a pausable ERC20 token named Comet (CMT). The owner can pause and unpause all transfers.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import "@openzeppelin/contracts/utils/Pausable.sol";
import "@openzeppelin/contracts/access/Ownable.sol";

contract Comet is ERC20, Pausable, Ownable {
    constructor(address initialOwner) ERC20("Comet", "CMT") Ownable(initialOwner) {
        _mint(initialOwner, 1_000_000 ether);
    }

    function pause() external onlyOwner { _pause(); }
    function unpause() external onlyOwner { _unpause(); }

    function _beforeTokenTransfer(address from, address to, uint256 amount) internal override whenNotPaused {
        super._beforeTokenTransfer(from, to, amount);
    }
}
\`\`\``,
  }),
  bad("solidity_meets_request", {
    name: "the asked custom error and event are missing",
    prompt:
      "Write a contract Registry where anyone can register a unique name: register(string name). Emit NameRegistered(string name, address owner). Revert with the custom error NameTaken() when it is already registered.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Registry {
    mapping(string => address) public ownerOf;

    event Registered(string name, address owner);

    function register(string calldata name) external {
        require(ownerOf[name] == address(0), "taken");
        ownerOf[name] = msg.sender;
        emit Registered(name, msg.sender);
    }
}
\`\`\``,
  }),
  bad("solidity_parses", {
    name: "a heart that is left to the reader",
    prompt:
      "Write a Solidity constant-product AMM pool for two ERC20s with addLiquidity, removeLiquidity and swap with a 0.3% fee.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

contract Pool is ERC20 {
    IERC20 public immutable token0;
    IERC20 public immutable token1;
    uint256 public reserve0;
    uint256 public reserve1;

    constructor(IERC20 a, IERC20 b) ERC20("LP", "LP") {
        token0 = a;
        token1 = b;
    }

    function addLiquidity(uint256 amount0, uint256 amount1) external returns (uint256 shares) {
        token0.transferFrom(msg.sender, address(this), amount0);
        token1.transferFrom(msg.sender, address(this), amount1);
        shares = amount0 + amount1;
        reserve0 += amount0;
        reserve1 += amount1;
        _mint(msg.sender, shares);
    }

    function removeLiquidity(uint256 shares) external returns (uint256 amount0, uint256 amount1) {
        // Burn the shares and send back the proportional amounts
    }

    function swap(address tokenIn, uint256 amountIn) external returns (uint256 amountOut) {
        // Implement the x * y = k formula here
        amountOut = amountIn;
    }
}
\`\`\``,
  }),
  bad("solidity_meets_request", {
    name: "a constructor without what it was to take",
    prompt:
      "Write a savings lock contract. The constructor takes the beneficiary address and the unlock time. Anyone can fund it with ETH; only the beneficiary can withdraw, after the unlock time.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract SavingsLock {
    address public immutable beneficiary;
    uint256 public immutable unlockTime;

    event Funded(address indexed from, uint256 amount);
    event Withdrawn(uint256 amount);

    constructor() {
        beneficiary = msg.sender;
        unlockTime = block.timestamp + 365 days;
    }

    receive() external payable {
        emit Funded(msg.sender, msg.value);
    }

    function withdraw() external {
        require(msg.sender == beneficiary, "not beneficiary");
        require(block.timestamp >= unlockTime, "locked");
        uint256 amount = address(this).balance;
        (bool ok, ) = beneficiary.call{value: amount}("");
        require(ok, "failed");
        emit Withdrawn(amount);
    }
}
\`\`\``,
  }),
  bad("fences_closed", {
    name: "breaks off in the middle",
    prompt:
      "Write a lottery contract where players enter with 0.01 ETH and the owner picks a winner using a commit-reveal scheme.",
    answer: `Here's the implementation:

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Lottery {
    address public immutable owner;
    address[] public players;
    bytes32 public commitment;

    event Entered(address indexed player);

    constructor(bytes32 _commitment) {
        owner = msg.sender;
        commitment = _commitment;
    }

    function enter() external payable {
        require(msg.value == 0.01 ether, "wrong fee");
        players.push(msg.sender);
        emit Entered(msg.sender);
    }

    function reveal(bytes32 secret) external {
        require(msg.sender == owner, "not owner");
        require(keccak256(abi.encodePacked(secret)) == commitment, "bad secret");
        uint256 index = uint256(keccak256(abi.encodePacked(secret, blockhash(`,
  }),
  bad("solidity_meets_request", {
    name: "a royalty that is not there",
    prompt:
      'NFT collection "Desert Foxes" (FOX), ERC721 with 7.5% royalties via ERC2981, owner-only minting, max supply 3333.',
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract DesertFoxes is ERC721, Ownable {
    uint256 public constant MAX_SUPPLY = 3333;
    uint96 public constant ROYALTY_BPS = 750;
    uint256 public totalSupply;

    error SoldOut();

    constructor() ERC721("Desert Foxes", "FOX") Ownable(msg.sender) {}

    function mint(address to) external onlyOwner {
        if (totalSupply >= MAX_SUPPLY) revert SoldOut();
        _safeMint(to, ++totalSupply);
    }
}
\`\`\``,
  }),
  bad("solidity_meets_request", {
    name: "another supply and symbol than asked",
    prompt: "Simple ERC20 token named Quartz (QTZ) with a fixed supply of 21,000,000 minted to the deployer.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

contract Quartz is ERC20 {
    constructor() ERC20("Quartz", "QRZ") {
        _mint(msg.sender, 1_000_000 * 10 ** decimals());
    }
}
\`\`\``,
  }),
  bad("solidity_compiles", {
    name: "an interface where code was asked for",
    prompt: "Implement an ERC-1155 marketplace: list, buy, cancel with a 2% platform fee.",
    answer: `You can structure it like this:

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IMarketplace {
    event Listed(uint256 indexed listingId, address seller, uint256 tokenId, uint256 amount, uint256 price);
    function list(address token, uint256 tokenId, uint256 amount, uint256 price) external returns (uint256);
    function buy(uint256 listingId, uint256 amount) external payable;
    function cancel(uint256 listingId) external;
}
\`\`\`

Then implement the functions with the fee logic.`,
  }),
];
