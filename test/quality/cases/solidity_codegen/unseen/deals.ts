import { good } from "../code.ts";

/** Auctions, a timelock and wallets of several owners. */
export const DEALS = [
  good({
    name: "a multisig wallet on its own",
    prompt:
      "Implement an M-of-N multisig wallet. Owners and threshold are set in the constructor. Functions: submitTransaction, confirmTransaction, revokeConfirmation, executeTransaction. Emit events for each. It must be able to receive ETH.",
    answer: `Here is a self-contained M-of-N multisig:

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract MultiSigWallet {
    event Deposit(address indexed sender, uint256 amount);
    event SubmitTransaction(address indexed owner, uint256 indexed txId, address indexed to, uint256 value, bytes data);
    event ConfirmTransaction(address indexed owner, uint256 indexed txId);
    event RevokeConfirmation(address indexed owner, uint256 indexed txId);
    event ExecuteTransaction(address indexed owner, uint256 indexed txId);

    struct Transaction {
        address to;
        uint256 value;
        bytes data;
        bool executed;
        uint256 confirmations;
    }

    address[] public owners;
    mapping(address => bool) public isOwner;
    uint256 public immutable threshold;
    Transaction[] public transactions;
    mapping(uint256 => mapping(address => bool)) public isConfirmed;

    modifier onlyOwner() {
        require(isOwner[msg.sender], "not owner");
        _;
    }

    modifier txExists(uint256 txId) {
        require(txId < transactions.length, "tx does not exist");
        _;
    }

    modifier notExecuted(uint256 txId) {
        require(!transactions[txId].executed, "already executed");
        _;
    }

    constructor(address[] memory _owners, uint256 _threshold) {
        require(_owners.length > 0, "owners required");
        require(_threshold > 0 && _threshold <= _owners.length, "invalid threshold");
        for (uint256 i = 0; i < _owners.length; i++) {
            address owner = _owners[i];
            require(owner != address(0), "zero owner");
            require(!isOwner[owner], "owner not unique");
            isOwner[owner] = true;
            owners.push(owner);
        }
        threshold = _threshold;
    }

    receive() external payable {
        emit Deposit(msg.sender, msg.value);
    }

    function submitTransaction(address to, uint256 value, bytes calldata data) external onlyOwner returns (uint256 txId) {
        txId = transactions.length;
        transactions.push(Transaction({to: to, value: value, data: data, executed: false, confirmations: 0}));
        emit SubmitTransaction(msg.sender, txId, to, value, data);
    }

    function confirmTransaction(uint256 txId) external onlyOwner txExists(txId) notExecuted(txId) {
        require(!isConfirmed[txId][msg.sender], "already confirmed");
        isConfirmed[txId][msg.sender] = true;
        transactions[txId].confirmations += 1;
        emit ConfirmTransaction(msg.sender, txId);
    }

    function revokeConfirmation(uint256 txId) external onlyOwner txExists(txId) notExecuted(txId) {
        require(isConfirmed[txId][msg.sender], "not confirmed");
        isConfirmed[txId][msg.sender] = false;
        transactions[txId].confirmations -= 1;
        emit RevokeConfirmation(msg.sender, txId);
    }

    function executeTransaction(uint256 txId) external onlyOwner txExists(txId) notExecuted(txId) {
        Transaction storage t = transactions[txId];
        require(t.confirmations >= threshold, "not enough confirmations");
        t.executed = true;
        (bool success, ) = t.to.call{value: t.value}(t.data);
        require(success, "tx failed");
        emit ExecuteTransaction(msg.sender, txId);
    }
}
\`\`\``,
  }),
  good({
    name: "a timelock with queue, execute and cancel",
    prompt:
      "Write a Timelock contract: admin queues a call (target, value, data, eta) which can be executed after at least 2 days and within a 14 day grace period. The admin can cancel. Use custom errors.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

/// @title Timelock
/// @notice Delays privileged calls by at least two days.
contract Timelock {
    uint256 public constant MIN_DELAY = 2 days;
    uint256 public constant GRACE_PERIOD = 14 days;

    address public immutable admin;
    mapping(bytes32 => bool) public queued;

    event Queued(bytes32 indexed id, address indexed target, uint256 value, bytes data, uint256 eta);
    event Executed(bytes32 indexed id, address indexed target, uint256 value, bytes data, uint256 eta);
    event Cancelled(bytes32 indexed id);

    error NotAdmin();
    error EtaTooSoon(uint256 earliest);
    error AlreadyQueued(bytes32 id);
    error NotQueued(bytes32 id);
    error TooEarly(uint256 eta);
    error Expired(uint256 expiredAt);
    error CallFailed(bytes reason);

    modifier onlyAdmin() {
        if (msg.sender != admin) revert NotAdmin();
        _;
    }

    constructor(address admin_) {
        admin = admin_;
    }

    receive() external payable {}

    function getId(address target, uint256 value, bytes calldata data, uint256 eta) public pure returns (bytes32) {
        return keccak256(abi.encode(target, value, data, eta));
    }

    function queue(address target, uint256 value, bytes calldata data, uint256 eta) external onlyAdmin returns (bytes32 id) {
        uint256 earliest = block.timestamp + MIN_DELAY;
        if (eta < earliest) revert EtaTooSoon(earliest);
        id = getId(target, value, data, eta);
        if (queued[id]) revert AlreadyQueued(id);
        queued[id] = true;
        emit Queued(id, target, value, data, eta);
    }

    function execute(address target, uint256 value, bytes calldata data, uint256 eta)
        external
        payable
        onlyAdmin
        returns (bytes memory)
    {
        bytes32 id = getId(target, value, data, eta);
        if (!queued[id]) revert NotQueued(id);
        if (block.timestamp < eta) revert TooEarly(eta);
        if (block.timestamp > eta + GRACE_PERIOD) revert Expired(eta + GRACE_PERIOD);
        queued[id] = false;
        (bool ok, bytes memory result) = target.call{value: value}(data);
        if (!ok) revert CallFailed(result);
        emit Executed(id, target, value, data, eta);
        return result;
    }

    function cancel(bytes32 id) external onlyAdmin {
        if (!queued[id]) revert NotQueued(id);
        queued[id] = false;
        emit Cancelled(id);
    }
}
\`\`\``,
  }),
  good({
    name: "an English auction with pull refunds",
    prompt:
      "Solidity: English auction for a single NFT. Seller starts it, bidders bid with ETH, each bid must exceed the last by 5%. Outbid users withdraw their money themselves. Anyone can end the auction after the end time; winner gets the NFT, seller gets the ETH; if nobody bid the NFT goes back.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IERC721 {
    function safeTransferFrom(address from, address to, uint256 tokenId) external;
    function transferFrom(address from, address to, uint256 tokenId) external;
}

contract EnglishAuction {
    event Started(uint256 endAt);
    event BidPlaced(address indexed bidder, uint256 amount);
    event Withdrawn(address indexed bidder, uint256 amount);
    event Ended(address indexed winner, uint256 amount);

    IERC721 public immutable nft;
    uint256 public immutable nftId;
    address payable public immutable seller;
    uint256 public immutable duration;

    uint256 public endAt;
    bool public started;
    bool public ended;

    address public highestBidder;
    uint256 public highestBid;
    mapping(address => uint256) public pendingReturns;

    constructor(address _nft, uint256 _nftId, uint256 _startingBid, uint256 _duration) {
        nft = IERC721(_nft);
        nftId = _nftId;
        seller = payable(msg.sender);
        highestBid = _startingBid;
        duration = _duration;
    }

    function start() external {
        require(msg.sender == seller, "not seller");
        require(!started, "already started");
        started = true;
        endAt = block.timestamp + duration;
        nft.transferFrom(msg.sender, address(this), nftId);
        emit Started(endAt);
    }

    function bid() external payable {
        require(started, "not started");
        require(block.timestamp < endAt, "ended");
        require(msg.value >= minimumBid(), "bid too low");

        if (highestBidder != address(0)) {
            pendingReturns[highestBidder] += highestBid;
        }
        highestBidder = msg.sender;
        highestBid = msg.value;
        emit BidPlaced(msg.sender, msg.value);
    }

    function minimumBid() public view returns (uint256) {
        if (highestBidder == address(0)) return highestBid;
        return highestBid + (highestBid * 5) / 100;
    }

    function withdraw() external {
        uint256 amount = pendingReturns[msg.sender];
        require(amount > 0, "nothing to withdraw");
        pendingReturns[msg.sender] = 0;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "transfer failed");
        emit Withdrawn(msg.sender, amount);
    }

    function end() external {
        require(started, "not started");
        require(block.timestamp >= endAt, "not ended");
        require(!ended, "already ended");
        ended = true;
        if (highestBidder != address(0)) {
            nft.safeTransferFrom(address(this), highestBidder, nftId);
            (bool ok, ) = seller.call{value: highestBid}("");
            require(ok, "payout failed");
        } else {
            nft.safeTransferFrom(address(this), seller, nftId);
        }
        emit Ended(highestBidder, highestBid);
    }
}
\`\`\`

The pull-over-push pattern prevents a malicious bidder from blocking the auction.`,
  }),
  good({
    name: "a Dutch auction for one item",
    prompt:
      "Write a Dutch auction contract in Solidity for selling one ERC-721 token. Price starts at startingPrice and drops by discountRate per second for 7 days. buy() must refund any excess ETH.",
    answer: `Here's a Dutch auction contract:

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

contract DutchAuction {
    uint256 private constant DURATION = 7 days;

    IERC721 public immutable nft;
    uint256 public immutable nftId;
    address payable public immutable seller;
    uint256 public immutable startingPrice;
    uint256 public immutable startAt;
    uint256 public immutable expiresAt;
    uint256 public immutable discountRate;
    bool public sold;

    event Bought(address indexed buyer, uint256 price);

    error AuctionExpired();
    error AlreadySold();
    error InsufficientPayment(uint256 sent, uint256 required);
    error TransferFailed();
    error StartingPriceTooLow();

    constructor(uint256 _startingPrice, uint256 _discountRate, address _nft, uint256 _nftId) {
        if (_startingPrice < _discountRate * DURATION) revert StartingPriceTooLow();
        seller = payable(msg.sender);
        startingPrice = _startingPrice;
        startAt = block.timestamp;
        expiresAt = block.timestamp + DURATION;
        discountRate = _discountRate;
        nft = IERC721(_nft);
        nftId = _nftId;
    }

    /// @notice The price right now.
    function getPrice() public view returns (uint256) {
        uint256 elapsed = block.timestamp - startAt;
        return startingPrice - discountRate * elapsed;
    }

    /// @notice Buys the token at the current price and refunds the rest.
    function buy() external payable {
        if (sold) revert AlreadySold();
        if (block.timestamp >= expiresAt) revert AuctionExpired();
        uint256 price = getPrice();
        if (msg.value < price) revert InsufficientPayment(msg.value, price);

        sold = true;
        nft.transferFrom(seller, msg.sender, nftId);

        uint256 refund = msg.value - price;
        if (refund > 0) {
            (bool refunded, ) = msg.sender.call{value: refund}("");
            if (!refunded) revert TransferFailed();
        }
        (bool paid, ) = seller.call{value: price}("");
        if (!paid) revert TransferFailed();
        emit Bought(msg.sender, price);
    }
}
\`\`\`

The seller must approve the auction contract for the token before anyone can buy.`,
  }),
];
