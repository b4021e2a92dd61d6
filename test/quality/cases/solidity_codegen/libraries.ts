import { file, good, HEAD, open } from "./code.ts";

const OZ = "@openzeppelin/contracts";
const UP = "@openzeppelin/contracts-upgradeable";

/** Answers that build on OpenZeppelin. */
export const ON_LIBRARIES = [
  good({
    name: "a capped ERC-20 of OpenZeppelin 5",
    prompt: "Write an ERC20 token called Gold (GLD) with a max supply of 1 million. Only the owner can mint.",
    answer: `Here you go.\n\n${file(`import {ERC20} from "${OZ}/token/ERC20/ERC20.sol";
import {Ownable} from "${OZ}/access/Ownable.sol";
/// @title Gold
contract Gold is ERC20, Ownable {
    uint256 public constant MAX_SUPPLY = 1_000_000 ether;
    error MaxSupplyExceeded();
    constructor() ERC20("Gold", "GLD") Ownable(msg.sender) {}
    /// @notice Mints tokens.
    function mint(address to, uint256 amount) external onlyOwner {
        if (totalSupply() + amount > MAX_SUPPLY) revert MaxSupplyExceeded();
        _mint(to, amount);
    }
}`)}\n\nDeploy with Foundry.`,
  }),
  good({
    name: "the same on OpenZeppelin 4, by its constructor",
    prompt: "Create a mintable ERC-20 token, minting restricted to the owner.",
    answer: file(`import "${OZ}/token/ERC20/ERC20.sol";
import "${OZ}/access/Ownable.sol";
contract MyToken is ERC20, Ownable {
    constructor() ERC20("My", "MY") {}
    function mint(address to, uint256 amount) public onlyOwner { _mint(to, amount); }
}`),
  }),
  good({
    name: "paths that only OpenZeppelin 4 has",
    prompt: "Write a contract called `Bank` with a reentrancy guard where users deposit and withdraw ether.",
    answer: file(`import "${OZ}/security/ReentrancyGuard.sol";
contract Bank is ReentrancyGuard {
    mapping(address => uint256) public balances;
    function deposit() external payable { balances[msg.sender] += msg.value; }
    function withdraw(uint256 amount) external nonReentrant {
        require(balances[msg.sender] >= amount, "low");
        balances[msg.sender] -= amount;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "send");
    }
}`),
  }),
  good({
    name: "an ERC-721 with storage of URIs and two bases to override",
    prompt:
      "Build an ERC-721 NFT contract named `ArtPiece` with `safeMint(address to, string uri)` that only the owner can call. Emit a `Minted` event.",
    answer: file(`import "${OZ}/token/ERC721/ERC721.sol";
import "${OZ}/token/ERC721/extensions/ERC721URIStorage.sol";
import "${OZ}/access/Ownable.sol";
contract ArtPiece is ERC721, ERC721URIStorage, Ownable {
    uint256 private _nextId;
    event Minted(address indexed to, uint256 indexed id);
    constructor(address first) ERC721("ArtPiece", "ART") Ownable(first) {}
    function safeMint(address to, string memory uri) public onlyOwner returns (uint256 id) {
        id = _nextId++;
        _safeMint(to, id);
        _setTokenURI(id, uri);
        emit Minted(to, id);
    }
    function tokenURI(uint256 id) public view override(ERC721, ERC721URIStorage) returns (string memory) { return super.tokenURI(id); }
    function supportsInterface(bytes4 i) public view override(ERC721, ERC721URIStorage) returns (bool) { return super.supportsInterface(i); }
}`),
  }),
  good({
    name: "an ERC-1155 with roles and a pause",
    prompt:
      "Write a pausable ERC1155 multi-token contract. Only accounts with the MINTER_ROLE can mint, and only the admin can pause and unpause.",
    answer: file(`import "${OZ}/token/ERC1155/extensions/ERC1155Pausable.sol";
import "${OZ}/access/AccessControl.sol";
contract Items is ERC1155Pausable, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");
    constructor(address admin) ERC1155("https://x/{id}") { _grantRole(DEFAULT_ADMIN_ROLE, admin); }
    function mint(address to, uint256 id, uint256 amount) external onlyRole(MINTER_ROLE) { _mint(to, id, amount, ""); }
    function pause() external onlyRole(DEFAULT_ADMIN_ROLE) { _pause(); }
    function unpause() external onlyRole(DEFAULT_ADMIN_ROLE) { _unpause(); }
    function supportsInterface(bytes4 i) public view override(ERC1155, AccessControl) returns (bool) { return super.supportsInterface(i); }
}`),
  }),
  good({
    name: "an ERC-4626 vault of five lines",
    prompt: "Implement an ERC-4626 vault for an arbitrary ERC20 asset.",
    answer: file(`import {ERC4626, ERC20, IERC20} from "${OZ}/token/ERC20/extensions/ERC4626.sol";
contract YieldVault is ERC4626 {
    constructor(IERC20 asset_) ERC4626(asset_) ERC20("Vault Share", "vSHR") {}
}`),
  }),
  good({
    name: "an upgradeable contract in the way of 5.0, initialisers and all",
    prompt: "Write a UUPS upgradeable counter. Only the owner can upgrade.",
    answer: file(`import {Initializable} from "${UP}/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "${UP}/proxy/utils/UUPSUpgradeable.sol";
import {OwnableUpgradeable} from "${UP}/access/OwnableUpgradeable.sol";
import {ReentrancyGuardUpgradeable} from "${UP}/utils/ReentrancyGuardUpgradeable.sol";
contract Counter is Initializable, OwnableUpgradeable, ReentrancyGuardUpgradeable, UUPSUpgradeable {
    uint256 public count;
    constructor() { _disableInitializers(); }
    function initialize(address owner_) external initializer {
        __Ownable_init(owner_);
        __UUPSUpgradeable_init();
        __ReentrancyGuard_init();
    }
    function increment() external nonReentrant { count += 1; }
    function _authorizeUpgrade(address) internal override onlyOwner {}
}`),
  }),
  good({
    name: "imports as Remix writes them",
    prompt: "Give me a simple ERC20.",
    answer: file(`import "${OZ}@4.9.3/token/ERC20/ERC20.sol";
contract Simple is ERC20 { constructor() ERC20("Simple", "SMP") { _mint(msg.sender, 1000 * 10 ** decimals()); } }`),
  }),
  good({
    name: "staking over SafeERC20",
    prompt:
      "Create a staking contract for an ERC20 token: users call `stake(uint256 amount)` and `unstake(uint256 amount)`. Use custom errors.",
    answer: file(`import {IERC20} from "${OZ}/token/ERC20/IERC20.sol";
import {SafeERC20} from "${OZ}/token/ERC20/utils/SafeERC20.sol";
contract Staking {
    using SafeERC20 for IERC20;
    error ZeroAmount();
    error NotEnough(uint256 has);
    IERC20 public immutable token;
    mapping(address user => uint256 amount) public staked;
    event Staked(address indexed user, uint256 amount);
    event Unstaked(address indexed user, uint256 amount);
    constructor(IERC20 token_) { token = token_; }
    function stake(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        staked[msg.sender] += amount;
        token.safeTransferFrom(msg.sender, address(this), amount);
        emit Staked(msg.sender, amount);
    }
    function unstake(uint256 amount) external {
        uint256 has = staked[msg.sender];
        if (amount > has) revert NotEnough(has);
        staked[msg.sender] = has - amount;
        token.safeTransfer(msg.sender, amount);
        emit Unstaked(msg.sender, amount);
    }
}`),
  }),
  good({
    name: "a contract with its test beside it",
    prompt: "Write a contract `Store` that holds a number, with a Foundry test.",
    answer: `**src/Store.sol**\n\n\`\`\`solidity\n${HEAD}contract Store { uint256 public number; function set(uint256 n) external { number = n; } }\n\`\`\`\n\n**test/Store.t.sol**\n\n\`\`\`solidity\n${HEAD}import {Test} from "forge-std/Test.sol";\nimport {Store} from "../src/Store.sol";\ncontract StoreTest is Test { Store store; function setUp() public { store = new Store(); } }\n\`\`\``,
  }),
  open({
    name: "a library that is not here",
    prompt: "Write an ERC20 with solmate.",
    answer: file(
      `import {ERC20} from "solmate/tokens/ERC20.sol";\ncontract T is ERC20 { constructor() ERC20("T", "T", 18) { _mint(msg.sender, 1 ether); } }`,
    ),
  }),
  open({
    name: "an old compiler's language",
    prompt: "Write a counter for Solidity 0.6.",
    answer:
      "```solidity\npragma solidity ^0.6.12;\ncontract Counter { uint public n; function up() external { n++; } }\n```",
  }),
];
