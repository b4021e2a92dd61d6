import { bad, file } from "./code.ts";

const OZ = "@openzeppelin/contracts";
const MEETS = "solidity_meets_request";
const SECURE = "solidity_security";
const owned = (body: string): string =>
  file(
    `contract Owned {\n    address public owner;\n    uint256 public fee;\n    constructor() { owner = msg.sender; }\n    receive() external payable {}\n${body}\n}`,
  );
const TAKE = '(bool ok, ) = payable(msg.sender).call{value: address(this).balance}(""); require(ok);';

/** Answers that compile and have what was asked for, with one thing wrong that matters. */
export const HOLES = [
  bad(MEETS, {
    name: "one of three functions without the guard",
    prompt: "Write an ERC20 token. Only the owner can mint, pause and unpause.",
    answer: file(
      `import "${OZ}/token/ERC20/extensions/ERC20Pausable.sol";\nimport "${OZ}/access/Ownable.sol";\ncontract T is ERC20Pausable, Ownable { constructor() ERC20("T","T") Ownable(msg.sender) {} function mint(address to, uint256 v) external onlyOwner { _mint(to, v); } function pause() external onlyOwner { _pause(); } function unpause() external { _unpause(); } }`,
    ),
  }),
  bad(SECURE, {
    name: "a modifier that checks nothing",
    prompt: "Write a contract where only the owner can withdraw.",
    answer: owned(`    modifier onlyOwner() { _; }\n    function withdraw() external onlyOwner { ${TAKE} }`),
  }),
  bad(MEETS, {
    name: "a modifier that is declared and not used",
    prompt: "Write a contract where only the owner can withdraw.",
    answer: owned(
      `    modifier onlyOwner() { require(msg.sender == owner, "no"); _; }\n    function withdraw() external { ${TAKE} }`,
    ),
  }),
  bad(MEETS, {
    name: "a guard the wrong way round",
    prompt: "Write a contract where only the owner can withdraw.",
    answer: owned(
      `    modifier onlyOwner() { require(msg.sender != owner, "no"); _; }\n    function withdraw() external onlyOwner { ${TAKE} }`,
    ),
  }),
  bad(SECURE, {
    name: "tx.origin for authority",
    prompt: "Write a wallet for its owner.",
    answer: owned(`    function withdraw() external { require(tx.origin == owner, "no"); ${TAKE} }`),
  }),
  bad(SECURE, {
    name: "an owner that anybody can set",
    prompt: "Write a wallet for its owner.",
    answer: owned(
      `    function setOwner(address next) external { owner = next; }\n    function withdraw() external { require(msg.sender == owner, "no"); ${TAKE} }`,
    ),
  }),
  bad(SECURE, {
    name: "an initialiser that can run twice",
    prompt: "Write a wallet for its owner, behind a proxy.",
    answer: file(
      `contract W { address public owner; function initialize(address first) external { owner = first; } function take() external { require(msg.sender == owner); ${TAKE} } }`,
    ),
  }),
  bad(SECURE, {
    name: "an upgrade that is open to all",
    prompt: "Write a UUPS upgradeable counter.",
    answer: file(
      'import "@openzeppelin/contracts-upgradeable/proxy/utils/UUPSUpgradeable.sol";\nimport "@openzeppelin/contracts-upgradeable/access/OwnableUpgradeable.sol";\ncontract C is OwnableUpgradeable, UUPSUpgradeable { uint256 public n; function initialize() external initializer { __Ownable_init(msg.sender); } function up() external { n++; } function _authorizeUpgrade(address) internal override {} }',
    ),
  }),
  bad(SECURE, {
    name: "the balance after the call",
    prompt: "Write a bank with `deposit()` and `withdraw()`.",
    answer: file(
      'contract Bank { mapping(address => uint256) public balances; function deposit() external payable { balances[msg.sender] += msg.value; } function withdraw() external { uint256 amount = balances[msg.sender]; require(amount > 0, "none"); (bool ok, ) = msg.sender.call{value: amount}(""); require(ok, "send"); balances[msg.sender] = 0; } }',
    ),
  }),
  bad(SECURE, {
    name: "the balance after the call, through a storage pointer and a helper",
    prompt: "Write a bank.",
    answer: file(
      'contract Bank { struct Account { uint256 held; } mapping(address => Account) private accounts; function deposit() external payable { accounts[msg.sender].held += msg.value; } function _send(address to, uint256 v) private { (bool ok, ) = to.call{value: v}(""); require(ok); } function withdraw(uint256 v) external { Account storage a = accounts[msg.sender]; require(a.held >= v); _send(msg.sender, v); a.held -= v; } }',
    ),
  }),
  bad(SECURE, {
    name: "a payment that nobody looks after",
    prompt: "Write a bank with `deposit()` and `withdraw()`.",
    answer: file(
      "contract Bank { mapping(address => uint256) public balances; function deposit() external payable { balances[msg.sender] += msg.value; } function withdraw() external { uint256 v = balances[msg.sender]; balances[msg.sender] = 0; payable(msg.sender).send(v); } }",
    ),
  }),
  bad(SECURE, {
    name: "a lottery that anybody can foresee",
    prompt: "Write a lottery contract.",
    answer: file(
      'contract Lottery { address[] public players; address public winner; address public immutable host = msg.sender; function enter() external payable { require(msg.value == 0.1 ether); players.push(msg.sender); } function draw() external { require(msg.sender == host); uint256 r = uint256(keccak256(abi.encodePacked(block.timestamp, block.prevrandao, players.length))); winner = players[r % players.length]; (bool ok, ) = winner.call{value: address(this).balance}(""); require(ok); } }',
    ),
  }),
  bad(SECURE, {
    name: "minting open to all",
    prompt: "Write an ERC20 reward token with a mint function.",
    answer: file(
      `import "${OZ}/token/ERC20/ERC20.sol";\ncontract Reward is ERC20 { constructor() ERC20("R","R") {} function mint(address to, uint256 v) external { _mint(to, v); } }`,
    ),
  }),
  bad(SECURE, {
    name: "delegatecall to wherever the caller says",
    prompt: "Write a contract that executes plugins.",
    answer: file(
      "contract Host { uint256 public n; function run(address plugin, bytes calldata data) external { (bool ok, ) = plugin.delegatecall(data); require(ok); n++; } }",
    ),
  }),
  bad(SECURE, {
    name: "selfdestruct by anybody",
    prompt: "Write a wallet.",
    answer: owned("    function close() external { selfdestruct(payable(msg.sender)); }"),
  }),
  bad(SECURE, {
    name: "a fee that anybody can set beside a guarded one",
    prompt: "Write an exchange with a fee.",
    answer: owned(
      `    modifier onlyOwner() { require(msg.sender == owner); _; }\n    function setFee(uint256 next) external { fee = next; }\n    function withdraw() external onlyOwner { ${TAKE} }`,
    ),
  }),
  bad(MEETS, {
    name: "an ERC1155 that anybody can mint, of the older library",
    prompt:
      "Write an ERC1155 with OpenZeppelin 4.9. Only the owner can mint via `mint(address to, uint256 id, uint256 amount)`.",
    answer: file(
      `import "${OZ}/token/ERC1155/ERC1155.sol";\nimport "${OZ}/access/Ownable.sol";\nimport "${OZ}/security/Pausable.sol";\ncontract Items is ERC1155, Ownable { constructor() ERC1155("u") {} function mint(address to, uint256 id, uint256 amount) external { _mint(to, id, amount, ""); } }`,
    ),
  }),
  bad(MEETS, {
    name: "a comparison that only logs",
    prompt: "Write a contract `Owned`. Only the owner can call `setFee(uint256)`.",
    answer: owned(
      `    event Denied();\n    function setFee(uint256 next) external { if (msg.sender != owner) { emit Denied(); } fee = next; }`,
    ),
  }),
  bad(MEETS, {
    name: "what the owner can, without an only",
    prompt: "Write `List`: the owner can `add(address)` and `remove(address)`; `listed(address)` returns bool.",
    answer: file(
      `contract List { address public owner = msg.sender; mapping(address => bool) public listed; function add(address who) external { require(msg.sender == owner); listed[who] = true; } function remove(address who) external { delete listed[who]; } }`,
    ),
  }),
  bad(MEETS, {
    name: "the second event of a list",
    prompt: "Write a counter with `up()` and `down()`, emits `Raised` and `Lowered`.",
    answer: file(
      `contract Counter { uint256 public count; event Raised(); function up() external { count++; emit Raised(); } function down() external { count--; } }`,
    ),
  }),
  bad(MEETS, {
    name: "an event and an error that nothing uses",
    prompt: "Write a counter with `down()`; it reverts with `AtZero` at zero and emits `Lowered`.",
    answer: file(
      `contract Counter { uint256 public count; event Lowered(); error AtZero(); function down() external { count--; } }`,
    ),
  }),
];
