import { bad, file, HEAD } from "./code.ts";

const OZ = "@openzeppelin/contracts";
const COMPILES = "solidity_compiles";
const MEETS = "solidity_meets_request";
const counter = (body: string): string => file(`contract Counter {\n    uint256 public count;\n${body}\n}`);
const COUNTER = "Write a counter contract.";

/** Answers that do not compile, or that lack what the request names. */
export const BROKEN = [
  bad(COMPILES, {
    name: "an undeclared name",
    prompt: COUNTER,
    answer: counter("    function up() external { counter += 1; }"),
  }),
  bad(COMPILES, {
    name: "a view function that writes",
    prompt: COUNTER,
    answer: counter("    function up() external view { count += 1; }"),
  }),
  bad(COMPILES, {
    name: "a missing return type",
    prompt: COUNTER,
    answer: counter("    function get() external view { return count; }"),
  }),
  bad(COMPILES, {
    name: "a wrong type",
    prompt: COUNTER,
    answer: counter('    function up() external { count = "1"; }'),
  }),
  bad(COMPILES, {
    name: "a string without its data location",
    prompt: COUNTER,
    answer: counter('    function name() external pure returns (string) { return "x"; }'),
  }),
  bad(COMPILES, {
    name: "an override that is not said",
    prompt: "Write an ERC20 token.",
    answer: file(
      `import "${OZ}/token/ERC20/ERC20.sol";\ncontract T is ERC20 { constructor() ERC20("T","T") {} function decimals() public pure returns (uint8) { return 6; } }`,
    ),
  }),
  bad(COMPILES, {
    name: "a constructor that no OpenZeppelin release has",
    prompt: "Write an ERC20 token.",
    answer: file(
      `import "${OZ}/token/ERC20/ERC20.sol";\nimport "${OZ}/access/Ownable.sol";\ncontract T is ERC20, Ownable { constructor() ERC20("T","T", 18) Ownable(msg.sender) {} }`,
    ),
  }),
  bad(COMPILES, {
    name: "OpenZeppelin 5's constructor left out together with a hook of 5",
    prompt: "Write an ERC20 token.",
    answer: file(
      `import "${OZ}/token/ERC20/ERC20.sol";\nimport "${OZ}/access/Ownable.sol";\ncontract T is ERC20, Ownable { constructor() ERC20("T","T") {} function _update(address a, address b, uint256 v) internal override { super._update(a, b, v); } }`,
    ),
  }),
  bad(COMPILES, {
    name: "a file of OpenZeppelin that never was",
    prompt: "Write a token.",
    answer: file(`import "${OZ}/token/ERC20/ERC20Mintable2.sol";\ncontract T is ERC20Mintable2 {}`),
  }),
  bad(COMPILES, {
    name: "a file that the answer owes",
    prompt: COUNTER,
    answer: file('import "./Base.sol";\ncontract Counter is Base { uint256 public count; }'),
  }),
  bad(COMPILES, {
    name: "an interface that is only half implemented",
    prompt: COUNTER,
    answer: file(
      "interface ICounter { function up() external; function down() external; }\ncontract Counter is ICounter { uint256 public count; function up() external { count++; } }",
    ),
  }),
  bad(COMPILES, {
    name: "a call to a private function of the base",
    prompt: COUNTER,
    answer: file(
      "contract Base { function _up() private {} }\ncontract Counter is Base { uint256 public count; function up() external { _up(); count++; } }",
    ),
  }),
  bad(COMPILES, {
    name: "an interface where a contract was asked for",
    prompt: COUNTER,
    answer: file("interface ICounter { function up() external; }"),
  }),
  bad(COMPILES, {
    name: "an event with too many indexed arguments",
    prompt: COUNTER,
    answer: counter(
      "    event Up(uint256 indexed a, uint256 indexed b, uint256 indexed c, uint256 indexed d);\n    function up() external { emit Up(1, 2, 3, 4); }",
    ),
  }),
  bad("code_present", {
    name: "prose",
    prompt: COUNTER,
    answer: "You keep a number in storage and add one to it in a function.",
  }),
  bad("solidity_parses", {
    name: "code that was cut off",
    prompt: COUNTER,
    answer: `\`\`\`solidity\n${HEAD}contract Counter {\n    uint256 public count;\n    function up() external {\n        count +=`,
  }),
  bad("solidity_parses", {
    name: "an empty body under a promise",
    prompt: COUNTER,
    answer: counter("    function up() external {\n        // ... increment logic here\n    }"),
  }),
  bad(MEETS, {
    name: "no function of the asked name",
    prompt:
      "Write a contract `Vault` with the functions `deposit()`, `withdraw(uint256 amount)` and `balanceOf(address user)`.",
    answer: file(
      "contract Vault {\n    mapping(address => uint256) public balances;\n    function deposit() external payable { balances[msg.sender] += msg.value; }\n    function withdraw(uint256 amount) external { balances[msg.sender] -= amount; payable(msg.sender).transfer(amount); }\n}",
    ),
  }),
  bad(MEETS, {
    name: "another signature than asked for",
    prompt: "Write a contract with a function `deposit(uint256 amount)` for an ERC20 token.",
    answer: file(
      "contract Vault {\n    mapping(address => uint256) public balances;\n    function deposit() external payable { balances[msg.sender] += msg.value; }\n}",
    ),
  }),
  bad(MEETS, {
    name: "another contract name",
    prompt: "Create a contract named `PiggyBank` that holds ether.",
    answer: file(
      "contract Wallet {\n    address public immutable owner = msg.sender;\n    receive() external payable {}\n    function take() external { require(msg.sender == owner); payable(owner).transfer(address(this).balance); }\n}",
    ),
  }),
  bad(MEETS, {
    name: "no event of the asked name",
    prompt: "Write a counter that emits an `Incremented` event.",
    answer: counter(
      "    event Changed(uint256 count);\n    function up() external { count += 1; emit Changed(count); }",
    ),
  }),
  bad(MEETS, {
    name: "a token that lacks half of its standard",
    prompt: "Write a minimal ERC20 token from scratch.",
    answer: file(
      'contract Token {\n    string public name = "T";\n    uint256 public totalSupply = 1 ether;\n    mapping(address => uint256) public balanceOf;\n    event Transfer(address indexed from, address indexed to, uint256 value);\n    constructor() { balanceOf[msg.sender] = totalSupply; }\n    function transfer(address to, uint256 value) external returns (bool) { balanceOf[msg.sender] -= value; balanceOf[to] += value; emit Transfer(msg.sender, to, value); return true; }\n}',
    ),
  }),
  bad(MEETS, {
    name: "require strings where custom errors were asked for",
    prompt: "Write a counter that cannot go below zero. Use custom errors.",
    answer: counter('    function down() external { require(count > 0, "zero"); count -= 1; }'),
  }),
  bad(MEETS, {
    name: "no cap on the supply",
    prompt: "Write an ERC20 token with a maximum supply of 1000 tokens; the owner can mint.",
    answer: file(
      `import "${OZ}/token/ERC20/ERC20.sol";\nimport "${OZ}/access/Ownable.sol";\ncontract T is ERC20, Ownable { constructor() ERC20("T","T") Ownable(msg.sender) {} function mint(address to, uint256 v) external onlyOwner { _mint(to, v); } }`,
    ),
  }),
  bad(MEETS, {
    name: "a pause that nothing heeds",
    prompt: "Write a pausable vault.",
    answer: file(
      `import "${OZ}/utils/Pausable.sol";\nimport "${OZ}/access/Ownable.sol";\ncontract Vault is Pausable, Ownable { mapping(address => uint256) public held; constructor() Ownable(msg.sender) {} function pause() external onlyOwner { _pause(); } function unpause() external onlyOwner { _unpause(); } function put() external payable { held[msg.sender] += msg.value; } }`,
    ),
  }),
];
