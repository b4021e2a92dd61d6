import { file, good, HEAD } from "./code.ts";

const IORACLE = `${HEAD}interface IOracle { function price() external view returns (uint256); }`;

/** Good answers without a library. */
export const PLAIN = [
  good({
    name: "a multisig wallet",
    prompt: "Write a multisig wallet. Only owners can submit, confirm and execute transactions.",
    answer: file(`contract MultiSig {
    struct Transaction { address to; uint256 value; bytes data; bool executed; uint256 confirmations; }
    mapping(address => bool) public isOwner;
    mapping(uint256 => mapping(address => bool)) public confirmed;
    Transaction[] public transactions;
    uint256 public immutable required;
    event Submitted(uint256 indexed id);
    modifier onlyOwner() { require(isOwner[msg.sender], "not owner"); _; }
    constructor(address[] memory owners, uint256 required_) {
        require(required_ > 0 && required_ <= owners.length, "required");
        for (uint256 i = 0; i < owners.length; i++) isOwner[owners[i]] = true;
        required = required_;
    }
    receive() external payable {}
    function submit(address to, uint256 value, bytes calldata data) external onlyOwner {
        transactions.push(Transaction(to, value, data, false, 0));
        emit Submitted(transactions.length - 1);
    }
    function confirm(uint256 id) external onlyOwner {
        require(!confirmed[id][msg.sender], "twice");
        confirmed[id][msg.sender] = true;
        transactions[id].confirmations += 1;
    }
    function execute(uint256 id) external onlyOwner {
        Transaction storage t = transactions[id];
        require(!t.executed && t.confirmations >= required, "not ready");
        t.executed = true;
        (bool ok, ) = t.to.call{value: t.value}(t.data);
        require(ok, "failed");
    }
}`),
  }),
  good({
    name: "an auction with pull payments, as a bare answer",
    prompt: "Write an English auction contract with `bid()`, `withdraw()` and `end()`.",
    answer: `${HEAD}contract Auction {
    address public immutable seller;
    uint256 public immutable endsAt;
    address public highestBidder;
    uint256 public highestBid;
    bool public ended;
    mapping(address => uint256) public refunds;
    event Bid(address indexed who, uint256 amount);
    constructor(uint256 duration) { seller = msg.sender; endsAt = block.timestamp + duration; }
    function bid() external payable {
        require(block.timestamp < endsAt, "over");
        require(msg.value > highestBid, "too low");
        if (highestBidder != address(0)) refunds[highestBidder] += highestBid;
        highestBidder = msg.sender;
        highestBid = msg.value;
        emit Bid(msg.sender, msg.value);
    }
    function withdraw() external {
        uint256 amount = refunds[msg.sender];
        refunds[msg.sender] = 0;
        (bool ok, ) = payable(msg.sender).call{value: amount}("");
        require(ok, "send");
    }
    function end() external {
        require(block.timestamp >= endsAt && !ended, "not yet");
        ended = true;
        (bool ok, ) = payable(seller).call{value: highestBid}("");
        require(ok, "send");
    }
}
`,
  }),
  good({
    name: "vesting with a check by a helper that is given the sender",
    prompt: "Write a vesting wallet. Only the owner can revoke.",
    answer: file(`contract Vesting {
    address private immutable _owner;
    address public immutable beneficiary;
    uint64 public immutable start;
    uint64 public immutable duration;
    uint256 public released;
    bool public revoked;
    error Unauthorized(address who);
    constructor(address beneficiary_, uint64 duration_) payable {
        _owner = msg.sender;
        beneficiary = beneficiary_;
        start = uint64(block.timestamp);
        duration = duration_;
    }
    function _check(address who) private view { if (who != _owner) revert Unauthorized(who); }
    function vested() public view returns (uint256) {
        uint256 total = address(this).balance + released;
        uint256 passed = block.timestamp - start;
        return passed >= duration ? total : (total * passed) / duration;
    }
    function release() external {
        uint256 amount = vested() - released;
        released += amount;
        (bool ok, ) = payable(beneficiary).call{value: amount}("");
        require(ok, "send");
    }
    function revoke() external {
        _check(msg.sender);
        revoked = true;
        (bool ok, ) = payable(_owner).call{value: address(this).balance}("");
        require(ok, "send");
    }
}`),
  }),
  good({
    name: "a library",
    prompt: "Write a Solidity library `Average` with a function `mean(uint256 a, uint256 b)`.",
    answer: `~~~\n${HEAD}library Average {\n    /// @notice Never overflows.\n    function mean(uint256 a, uint256 b) internal pure returns (uint256) { return (a & b) + (a ^ b) / 2; }\n}\n~~~`,
  }),
  good({
    name: "an interface, as JSON",
    prompt:
      "Define an interface `IVault` with `deposit(uint256 amount)` and a `Deposited` event. Answer with a JSON map of files.",
    answer: JSON.stringify({
      files: {
        "IVault.sol": `${HEAD}interface IVault { event Deposited(address who, uint256 amount); function deposit(uint256 amount) external; }`,
      },
    }),
  }),
  good({
    name: "a file that imports what the caller gave",
    prompt: "Write a contract `Feed` that reads the price from our oracle.",
    context: { files: [{ path: "src/interfaces/IOracle.sol", content: IORACLE }] },
    answer: `\`\`\`solidity src/Feed.sol\n${HEAD}import {IOracle} from "./interfaces/IOracle.sol";\ncontract Feed {\n    IOracle public immutable oracle;\n    constructor(IOracle oracle_) { oracle = oracle_; }\n    function read() external view returns (uint256) { return oracle.price(); }\n}\n\`\`\``,
  }),
  good({
    name: "two files in one block, and a pinned pragma",
    prompt: "Write an interface and a contract `Greeter`.",
    answer:
      '```solidity\n// File: contracts/IGreeter.sol\n// SPDX-License-Identifier: MIT\npragma solidity 0.8.19;\ninterface IGreeter { function greet() external view returns (string memory); }\n\n// File: contracts/Greeter.sol\n// SPDX-License-Identifier: MIT\npragma solidity 0.8.19;\nimport "./IGreeter.sol";\ncontract Greeter is IGreeter { function greet() external pure override returns (string memory) { return "hi"; } }\n```',
  }),
  good({
    name: "an explanation in Spanish, with Windows line ends",
    prompt: "Escribe un contrato `Contador` con la función `incrementar()`.",
    answer:
      `Aquí está:\n\n${file("contract Contador {\n    uint256 public total;\n    function incrementar() external { total += 1; }\n}")}\n\nListo.`.replaceAll(
        "\n",
        "\r\n",
      ),
  }),
  good({
    name: "an owner's functions guarded by if and revert, and a handover in two steps",
    prompt: "Write a treasury. Only the owner can withdraw, and ownership must be transferable in two steps.",
    answer: file(`contract Treasury {
    address public owner;
    address public pendingOwner;
    error NotOwner();
    event Moved(address indexed from, address indexed to);
    constructor() { owner = msg.sender; }
    receive() external payable {}
    function withdraw(address payable to, uint256 amount) external {
        if (msg.sender != owner) revert NotOwner();
        (bool ok, ) = to.call{value: amount}("");
        require(ok);
    }
    function transferOwnership(address next) external { if (owner != msg.sender) revert NotOwner(); pendingOwner = next; }
    function acceptOwnership() external {
        require(msg.sender == pendingOwner, "not pending");
        emit Moved(owner, msg.sender);
        owner = msg.sender;
        pendingOwner = address(0);
    }
}`),
  }),
  good({
    name: "many locals, which only the newer pipeline can place",
    prompt: "Write a contract with a function that sums many values.",
    answer: file(`contract Sum {
    function sum(uint256 a, uint256 b, uint256 c, uint256 d, uint256 e, uint256 f, uint256 g, uint256 h) external pure returns (uint256) {
        uint256 i = a + b; uint256 j = c + d; uint256 k = e + f; uint256 l = g + h;
        uint256 m = i * a + j * b; uint256 n = k * c + l * d; uint256 o = m + n; uint256 p = o + i;
        return a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p;
    }
}`),
  }),
];
