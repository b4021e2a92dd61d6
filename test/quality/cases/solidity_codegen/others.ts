import type { VerdictStatus } from "../../../../src/core/verdict.ts";
import type { AnswerCase } from "../case.ts";

const F = "```";
const sol = (c: string) => `${F}solidity\n// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n\n${c}\n${F}`;
const task = "solidity_codegen";
const v = (name: string, prompt: string, answer: string, expect: VerdictStatus = "verified"): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect,
});
const COUNTER =
  "Write a Solidity contract `Counter` with `increment()`, `decrement()` and `count()`; decrement must revert at zero with the custom error `BelowZero`. Emit `Changed(uint256 value)` on every change.";
const TIP =
  "Create a TipJar contract in Solidity. Anyone can tip with `tip(string message)` (payable, emits `Tipped`). Only the owner can call `withdraw()`.";
const TOKEN =
  "I need an ERC20 token called Acorn (symbol ACN) with OpenZeppelin. Max supply 1 million; only the owner may mint.";
const NFT =
  "Implement an ERC-721 contract named `Badge` using OpenZeppelin v5, where only accounts with MINTER_ROLE can mint via `mint(address to)`.";
const ESC =
  "Write an escrow: buyer deposits ETH, `release()` pays the seller (only buyer), `refund()` returns money to the buyer (only seller). Contract name Escrow.";
const VOTE =
  "Write a simple voting contract `Ballot`: owner adds proposals with addProposal(string name), anyone votes once with vote(uint256 id), winner() returns the id with most votes.";
/** Answers that somebody wrote who had not seen the checks. */
export const OTHERS: readonly AnswerCase[] = [
  v(
    "counter ok",
    COUNTER,
    sol(`contract Counter {
    uint256 public count;
    event Changed(uint256 value);
    error BelowZero();
    function increment() external { count += 1; emit Changed(count); }
    function decrement() external { if (count == 0) revert BelowZero(); count -= 1; emit Changed(count); }
}`),
  ),
  v(
    "counter missing decrement",
    COUNTER,
    sol(`contract Counter {
    uint256 public count;
    event Changed(uint256 value);
    error BelowZero();
    function increment() external { count += 1; emit Changed(count); }
}`),
    "failed",
  ),
  v(
    "counter bad type",
    COUNTER,
    sol(`contract Counter {
    uint256 public count;
    event Changed(uint256 value);
    error BelowZero();
    function increment() external { count += 1; emit Changed("x"); }
    function decrement() external { if (count == 0) revert BelowZero(); count -= 1; emit Changed(count); }
}`),
    "failed",
  ),
  v(
    "tip ok",
    TIP,
    "Sure!\n\n" +
      sol(`contract TipJar {
    address public immutable owner;
    event Tipped(address indexed from, uint256 amount, string message);
    error NotOwner();
    error TransferFailed();
    constructor() { owner = msg.sender; }
    modifier onlyOwner() { if (msg.sender != owner) revert NotOwner(); _; }
    function tip(string calldata message) external payable { require(msg.value > 0, "no tip"); emit Tipped(msg.sender, msg.value, message); }
    function withdraw() external onlyOwner { (bool ok, ) = owner.call{value: address(this).balance}(""); if (!ok) revert TransferFailed(); }
}`) +
      "\n\nThe owner is set at deployment.",
  ),
  v(
    "tip withdraw open",
    TIP,
    sol(`contract TipJar {
    address public owner;
    event Tipped(address indexed from, uint256 amount, string message);
    constructor() { owner = msg.sender; }
    modifier onlyOwner() { require(msg.sender == owner, "not owner"); _; }
    function tip(string calldata message) external payable { emit Tipped(msg.sender, msg.value, message); }
    function withdraw() external { payable(msg.sender).transfer(address(this).balance); }
}`),
    "failed",
  ),
  v(
    "tip modifier empty",
    TIP,
    sol(`contract TipJar {
    address public owner;
    event Tipped(address indexed from, uint256 amount, string message);
    constructor() { owner = msg.sender; }
    modifier onlyOwner() { _; }
    function tip(string calldata message) external payable { emit Tipped(msg.sender, msg.value, message); }
    function withdraw() external onlyOwner { payable(msg.sender).transfer(address(this).balance); }
}`),
    "failed",
  ),
  v(
    "token ok",
    TOKEN,
    sol(`import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
/// @title Acorn
contract Acorn is ERC20, Ownable {
    uint256 public constant MAX_SUPPLY = 1_000_000 ether;
    error CapExceeded();
    constructor(address initialOwner) ERC20("Acorn", "ACN") Ownable(initialOwner) {}
    /// @notice Mints.
    function mint(address to, uint256 amount) external onlyOwner {
        if (totalSupply() + amount > MAX_SUPPLY) revert CapExceeded();
        _mint(to, amount);
    }
}`),
  ),
  v(
    "token open mint",
    TOKEN,
    sol(`import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
contract Acorn is ERC20, Ownable {
    uint256 public constant MAX_SUPPLY = 1_000_000 ether;
    constructor() ERC20("Acorn", "ACN") Ownable(msg.sender) {}
    function mint(address to, uint256 amount) external {
        require(totalSupply() + amount <= MAX_SUPPLY, "cap");
        _mint(to, amount);
    }
}`),
    "failed",
  ),
  v(
    "token v4 style",
    TOKEN,
    sol(`import "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";
import "@openzeppelin/contracts/access/Ownable.sol";
import "@openzeppelin/contracts/security/Pausable.sol";
contract Acorn is ERC20Capped, Ownable {
    constructor() ERC20("Acorn", "ACN") ERC20Capped(1000000 * 10 ** 18) {}
    function mint(address to, uint256 amount) public onlyOwner { _mint(to, amount); }
}`),
  ),
  v(
    "token wrong ctor",
    TOKEN,
    sol(`import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
contract Acorn is ERC20, AccessControl {
    constructor() ERC20("Acorn") { _grantRole(DEFAULT_ADMIN_ROLE, msg.sender); }
    function mint(address to, uint256 amount) public onlyRole(DEFAULT_ADMIN_ROLE) { _mint(to, amount); }
}`),
    "failed",
  ),
  v(
    "nft ok",
    NFT,
    sol(`import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
contract Badge is ERC721, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");
    uint256 private _nextId;
    constructor(address admin) ERC721("Badge", "BDG") { _grantRole(DEFAULT_ADMIN_ROLE, admin); _grantRole(MINTER_ROLE, admin); }
    function mint(address to) external onlyRole(MINTER_ROLE) returns (uint256 id) { id = ++_nextId; _safeMint(to, id); }
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, AccessControl) returns (bool) { return super.supportsInterface(interfaceId); }
}`),
  ),
  v(
    "nft no override",
    NFT,
    sol(`import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
contract Badge is ERC721, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");
    uint256 private _nextId;
    constructor(address admin) ERC721("Badge", "BDG") { _grantRole(DEFAULT_ADMIN_ROLE, admin); _grantRole(MINTER_ROLE, admin); }
    function mint(address to) external onlyRole(MINTER_ROLE) returns (uint256 id) { id = ++_nextId; _safeMint(to, id); }
}`),
    "failed",
  ),
  v(
    "nft no guard",
    NFT,
    sol(`import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
contract Badge is ERC721, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");
    uint256 private _nextId;
    constructor(address admin) ERC721("Badge", "BDG") { _grantRole(DEFAULT_ADMIN_ROLE, admin); }
    function mint(address to) external returns (uint256 id) { id = ++_nextId; _safeMint(to, id); }
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, AccessControl) returns (bool) { return super.supportsInterface(interfaceId); }
}`),
    "failed",
  ),
  v(
    "escrow ok",
    ESC,
    sol(`contract Escrow {
    address public immutable buyer;
    address payable public immutable seller;
    bool public settled;
    error Unauthorized();
    error AlreadySettled();
    error PaymentFailed();
    event Released(uint256 amount);
    event Refunded(uint256 amount);
    constructor(address payable seller_) payable { buyer = msg.sender; seller = seller_; }
    function deposit() external payable { if (msg.sender != buyer) revert Unauthorized(); }
    function release() external {
        if (msg.sender != buyer) revert Unauthorized();
        if (settled) revert AlreadySettled();
        settled = true;
        uint256 amount = address(this).balance;
        emit Released(amount);
        (bool ok, ) = seller.call{value: amount}("");
        if (!ok) revert PaymentFailed();
    }
    function refund() external {
        if (msg.sender != seller) revert Unauthorized();
        if (settled) revert AlreadySettled();
        settled = true;
        uint256 amount = address(this).balance;
        emit Refunded(amount);
        (bool ok, ) = payable(buyer).call{value: amount}("");
        if (!ok) revert PaymentFailed();
    }
}`),
  ),
  v(
    "escrow refund open",
    ESC,
    sol(`contract Escrow {
    address public buyer; address payable public seller; bool public settled;
    constructor(address payable s) payable { buyer = msg.sender; seller = s; }
    function release() external { require(msg.sender == buyer, "buyer"); require(!settled); settled = true; seller.transfer(address(this).balance); }
    function refund() external { require(!settled); settled = true; payable(buyer).transfer(address(this).balance); }
}`),
    "failed",
  ),
  v(
    "vote ok",
    VOTE,
    `Here's **Ballot.sol**:\n\n~~~\n// SPDX-License-Identifier: MIT\npragma solidity 0.8.19;\n\ncontract Ballot {\n    struct Proposal { string name; uint256 votes; }\n    address public owner = msg.sender;\n    Proposal[] public proposals;\n    mapping(address => bool) public voted;\n    event ProposalAdded(uint256 id, string name);\n    event Voted(address voter, uint256 id);\n    function addProposal(string calldata name) external {\n        require(msg.sender == owner, "only owner");\n        proposals.push(Proposal(name, 0));\n        emit ProposalAdded(proposals.length - 1, name);\n    }\n    function vote(uint256 id) external {\n        require(!voted[msg.sender], "already voted");\n        voted[msg.sender] = true;\n        proposals[id].votes++;\n        emit Voted(msg.sender, id);\n    }\n    function winner() external view returns (uint256 best) {\n        for (uint256 i = 1; i < proposals.length; i++) if (proposals[i].votes > proposals[best].votes) best = i;\n    }\n}\n~~~\n`,
  ),
  v(
    "vote missing brace",
    VOTE,
    sol(`contract Ballot {
    struct Proposal { string name; uint256 votes; }
    address public owner = msg.sender;
    Proposal[] public proposals;
    mapping(address => bool) public voted;
    function addProposal(string calldata name) external { require(msg.sender == owner, "only owner"); proposals.push(Proposal(name, 0)); }
    function vote(uint256 id) external { require(!voted[msg.sender], "already voted"); voted[msg.sender] = true; proposals[id].votes++;
    function winner() external view returns (uint256 best) { for (uint256 i = 1; i < proposals.length; i++) if (proposals[i].votes > proposals[best].votes) best = i; }
}`),
    "failed",
  ),
  v(
    "reentrant bank",
    "Write a contract `Bank` with deposit() payable and withdraw(uint256 amount).",
    sol(`contract Bank {
    mapping(address => uint256) public balances;
    function deposit() external payable { balances[msg.sender] += msg.value; }
    function withdraw(uint256 amount) external {
        require(balances[msg.sender] >= amount, "low");
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "failed");
        balances[msg.sender] -= amount;
    }
}`),
    "failed",
  ),
  v(
    "chainlink import",
    "Write a contract `PriceReader` reading ETH/USD from Chainlink.",
    sol(`import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
contract PriceReader { AggregatorV3Interface public feed; constructor(address f) { feed = AggregatorV3Interface(f); }
  function price() external view returns (int256 p) { (, p, , , ) = feed.latestRoundData(); } }`),
    "unchecked",
  ),
];
