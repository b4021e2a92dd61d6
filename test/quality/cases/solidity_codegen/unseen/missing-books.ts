import { bad } from "../code.ts";

/** Nobody notes what was paid, claimed, approved or owed. */
export const MISSING_BOOKS = [
  bad("solidity_meets_request", {
    name: "a paid mint that takes no payment",
    prompt: "ERC-721 collection with a max supply of 1000. Public mint costs 0.08 ETH per token. Owner withdraws.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract Collection is ERC721, Ownable {
    uint256 public constant MAX_SUPPLY = 1000;
    uint256 public constant MINT_PRICE = 0.08 ether;
    uint256 public nextId;

    error SoldOut();
    error WithdrawFailed();

    constructor() ERC721("Collection", "COL") Ownable(msg.sender) {}

    function mint(uint256 quantity) external payable {
        if (nextId + quantity > MAX_SUPPLY) revert SoldOut();
        for (uint256 i; i < quantity; ++i) {
            _safeMint(msg.sender, nextId++);
        }
    }

    function withdraw() external onlyOwner {
        (bool ok,) = owner().call{value: address(this).balance}("");
        if (!ok) revert WithdrawFailed();
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "pays before it books",
    prompt: "ETH piggy bank: deposit(), withdraw(uint256 amount) by each user for their own balance, balances view.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract PiggyBank {
    mapping(address => uint256) public balances;

    event Deposited(address indexed user, uint256 amount);
    event Withdrawn(address indexed user, uint256 amount);

    function deposit() external payable {
        balances[msg.sender] += msg.value;
        emit Deposited(msg.sender, msg.value);
    }

    function withdraw(uint256 amount) external {
        uint256 balance = balances[msg.sender];
        require(balance >= amount, "Insufficient balance");

        (bool success, ) = payable(msg.sender).call{value: amount}("");
        require(success, "Transfer failed");

        unchecked {
            balances[msg.sender] = balance - amount;
        }
        emit Withdrawn(msg.sender, amount);
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "an airdrop that can be claimed again and again",
    prompt:
      "Merkle airdrop: claim(uint256 amount, bytes32[] proof) sends tokens to msg.sender if the proof is valid. Each address can claim only once.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

contract Airdrop {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    bytes32 public immutable merkleRoot;
    mapping(address => bool) public hasClaimed;

    event Claimed(address indexed account, uint256 amount);

    error AlreadyClaimed();
    error InvalidProof();

    constructor(IERC20 _token, bytes32 _root) {
        token = _token;
        merkleRoot = _root;
    }

    function claim(uint256 amount, bytes32[] calldata proof) external {
        if (hasClaimed[msg.sender]) revert AlreadyClaimed();
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(msg.sender, amount))));
        if (!MerkleProof.verify(proof, merkleRoot, leaf)) revert InvalidProof();
        token.safeTransfer(msg.sender, amount);
        emit Claimed(msg.sender, amount);
    }
}
\`\`\``,
  }),
  bad("solidity_meets_request", {
    name: "a multisig that needs no second signature",
    prompt:
      "2-of-3 multisig wallet for ETH transfers with propose, approve and execute. execute only works once the required number of approvals is reached.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Multisig {
    address[3] public owners;
    uint256 public constant REQUIRED = 2;

    struct Proposal { address payable to; uint256 amount; uint256 approvals; bool executed; }
    Proposal[] public proposals;
    mapping(uint256 => mapping(address => bool)) public approved;

    event Proposed(uint256 indexed id, address indexed to, uint256 amount);
    event Approved(uint256 indexed id, address indexed by);
    event Executed(uint256 indexed id);

    modifier onlyOwner() {
        require(msg.sender == owners[0] || msg.sender == owners[1] || msg.sender == owners[2], "not owner");
        _;
    }

    constructor(address[3] memory _owners) {
        owners = _owners;
    }

    receive() external payable {}

    function propose(address payable to, uint256 amount) external onlyOwner returns (uint256 id) {
        id = proposals.length;
        proposals.push(Proposal(to, amount, 0, false));
        emit Proposed(id, to, amount);
    }

    function approve(uint256 id) external onlyOwner {
        require(!approved[id][msg.sender], "already approved");
        approved[id][msg.sender] = true;
        proposals[id].approvals++;
        emit Approved(id, msg.sender);
    }

    function execute(uint256 id) external onlyOwner {
        Proposal storage p = proposals[id];
        require(!p.executed, "executed");
        p.executed = true;
        (bool ok, ) = p.to.call{value: p.amount}("");
        require(ok, "failed");
        emit Executed(id);
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "an auction that keeps the money of the outbid",
    prompt:
      "Auction contract: bid() with ETH, the highest bid wins, outbid bidders are refunded (pull payments via withdraw()), the owner ends the auction and receives the winning bid.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Auction {
    address public immutable owner;
    address public highestBidder;
    uint256 public highestBid;
    bool public ended;
    mapping(address => uint256) public pendingReturns;

    event HighestBidIncreased(address bidder, uint256 amount);
    event AuctionEnded(address winner, uint256 amount);

    constructor() { owner = msg.sender; }

    function bid() external payable {
        require(!ended, "ended");
        require(msg.value > highestBid, "too low");
        highestBidder = msg.sender;
        highestBid = msg.value;
        emit HighestBidIncreased(msg.sender, msg.value);
    }

    function withdraw() external {
        uint256 amount = pendingReturns[msg.sender];
        require(amount > 0, "nothing");
        pendingReturns[msg.sender] = 0;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "failed");
    }

    function endAuction() external {
        require(msg.sender == owner, "not owner");
        require(!ended, "ended");
        ended = true;
        emit AuctionEnded(highestBidder, highestBid);
        (bool ok, ) = owner.call{value: highestBid}("");
        require(ok, "failed");
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "withdraws a second time what was refunded",
    prompt:
      "Escrow marketplace: buyer pays with createOrder(address seller) payable, then confirms with confirm(uint256 id) to pay the seller, or the seller can refund(uint256 id) the buyer. Every order is settled exactly once.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract EscrowMarket {
    struct Order {
        address buyer;
        address seller;
        uint256 amount;
        bool settled;
    }

    Order[] public orders;

    event OrderCreated(uint256 indexed id, address buyer, address seller, uint256 amount);
    event Confirmed(uint256 indexed id);
    event Refunded(uint256 indexed id);

    function createOrder(address seller) external payable returns (uint256 id) {
        require(msg.value > 0, "no value");
        id = orders.length;
        orders.push(Order(msg.sender, seller, msg.value, false));
        emit OrderCreated(id, msg.sender, seller, msg.value);
    }

    function confirm(uint256 id) external {
        Order storage o = orders[id];
        require(msg.sender == o.buyer, "not buyer");
        require(!o.settled, "settled");
        emit Confirmed(id);
        (bool ok, ) = payable(o.seller).call{value: o.amount}("");
        require(ok, "failed");
    }

    function refund(uint256 id) external {
        Order storage o = orders[id];
        require(msg.sender == o.seller, "not seller");
        require(!o.settled, "settled");
        emit Refunded(id);
        (bool ok, ) = payable(o.buyer).call{value: o.amount}("");
        require(ok, "failed");
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "signatures without a nonce",
    prompt:
      "Contract where an off-chain signer signs withdrawal vouchers: withdraw(uint256 amount, bytes signature) pays msg.sender in ETH. Use OpenZeppelin ECDSA. Vouchers must not be reusable.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

contract Vouchers {
    using ECDSA for bytes32;
    using MessageHashUtils for bytes32;

    address public immutable signer;
    uint256 public totalPaid;

    event Paid(address indexed to, uint256 amount);

    error BadSignature();

    constructor(address signer_) payable {
        signer = signer_;
    }

    receive() external payable {}

    function withdraw(uint256 amount, bytes calldata signature) external {
        bytes32 digest = keccak256(abi.encode(address(this), block.chainid, msg.sender, amount)).toEthSignedMessageHash();
        if (digest.recover(signature) != signer) revert BadSignature();
        totalPaid += amount;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "transfer failed");
        emit Paid(msg.sender, amount);
    }
}
\`\`\``,
  }),
  bad("solidity_security", {
    name: "unlocks before instead of after the time",
    prompt: "Time-locked wallet: deposit ETH, owner can withdraw only after unlockTime (constructor parameter).",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract TimeLockedWallet {
    address public immutable owner;
    uint256 public immutable unlockTime;

    event Deposited(address indexed from, uint256 amount);
    event Withdrawn(uint256 amount);

    constructor(uint256 _unlockTime) {
        require(_unlockTime > block.timestamp, "must be in the future");
        owner = msg.sender;
        unlockTime = _unlockTime;
    }

    function deposit() external payable {
        emit Deposited(msg.sender, msg.value);
    }

    function withdraw() external {
        require(msg.sender == owner, "not owner");
        require(block.timestamp < unlockTime, "locked");
        uint256 amount = address(this).balance;
        (bool ok, ) = owner.call{value: amount}("");
        require(ok, "failed");
        emit Withdrawn(amount);
    }
}
\`\`\``,
  }),
];
