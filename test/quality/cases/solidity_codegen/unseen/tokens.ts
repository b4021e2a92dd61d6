import { good } from "../code.ts";

/** Tokens and collections that do what was asked. */
export const TOKENS = [
  good({
    name: "a capped token whose constructor takes owner and supply",
    prompt:
      'Create an ERC-20 token "Harbor" with symbol HRB. The constructor should take the initial owner and the initial supply (minted to that owner). Total supply must never exceed 10,000,000 tokens, only the owner may mint, and holders can burn their own tokens. Use OpenZeppelin.',
    answer: `Here's a production-ready implementation using OpenZeppelin v5:

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Capped} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @title Harbor
/// @notice Capped, burnable ERC-20 with owner-controlled minting.
contract Harbor is ERC20, ERC20Burnable, ERC20Capped, Ownable {
    uint256 private constant MAX_SUPPLY = 10_000_000 * 1e18;

    /// @param initialOwner Account that owns the contract and receives the initial supply.
    /// @param initialSupply Amount minted at deployment (18 decimals).
    constructor(address initialOwner, uint256 initialSupply)
        ERC20("Harbor", "HRB")
        ERC20Capped(MAX_SUPPLY)
        Ownable(initialOwner)
    {
        _mint(initialOwner, initialSupply);
    }

    /// @notice Mints new tokens; reverts when the cap would be exceeded.
    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }

    /// @dev Required override: both ERC20 and ERC20Capped define _update.
    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Capped) {
        super._update(from, to, value);
    }
}
\`\`\`

### Notes
- \`ERC20Capped\` enforces the cap inside \`_update\`, so the constructor mint is covered too.
- \`burn\` and \`burnFrom\` come from \`ERC20Burnable\`.`,
  }),
  good({
    name: "a bulleted NFT drop with royalties",
    prompt: `I need an NFT contract:
- ERC721, name "Night Owls", symbol OWL
- max supply 5000
- public mint at 0.05 ether each, at most 5 per wallet
- 5% royalty (ERC-2981) to the owner
- owner can set the base URI
- owner can withdraw the proceeds
- emit an event when tokens are minted`,
    answer: `Below is a complete contract.

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import "@openzeppelin/contracts/token/common/ERC2981.sol";
import "@openzeppelin/contracts/access/Ownable.sol";
import "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

contract NightOwls is ERC721, ERC2981, Ownable, ReentrancyGuard {
    uint256 public constant MAX_SUPPLY = 5000;
    uint256 public constant PRICE = 0.05 ether;
    uint256 public constant MAX_PER_WALLET = 5;

    uint256 public totalMinted;
    string private _baseTokenURI;
    mapping(address => uint256) public mintedBy;

    event Minted(address indexed minter, uint256 firstTokenId, uint256 quantity);
    event BaseURIUpdated(string newBaseURI);
    event Withdrawn(address indexed to, uint256 amount);

    error InvalidQuantity();
    error MaxSupplyExceeded();
    error WalletLimitExceeded();
    error WrongPayment();
    error WithdrawFailed();

    constructor() ERC721("Night Owls", "OWL") Ownable(msg.sender) {
        _setDefaultRoyalty(msg.sender, 500);
    }

    function mint(uint256 quantity) external payable nonReentrant {
        if (quantity == 0) revert InvalidQuantity();
        if (totalMinted + quantity > MAX_SUPPLY) revert MaxSupplyExceeded();
        if (mintedBy[msg.sender] + quantity > MAX_PER_WALLET) revert WalletLimitExceeded();
        if (msg.value != PRICE * quantity) revert WrongPayment();

        uint256 firstTokenId = totalMinted + 1;
        totalMinted += quantity;
        mintedBy[msg.sender] += quantity;

        for (uint256 i = 0; i < quantity; ++i) {
            _safeMint(msg.sender, firstTokenId + i);
        }
        emit Minted(msg.sender, firstTokenId, quantity);
    }

    function setBaseURI(string calldata newBaseURI) external onlyOwner {
        _baseTokenURI = newBaseURI;
        emit BaseURIUpdated(newBaseURI);
    }

    function withdraw() external onlyOwner {
        uint256 amount = address(this).balance;
        (bool ok, ) = payable(owner()).call{value: amount}("");
        if (!ok) revert WithdrawFailed();
        emit Withdrawn(owner(), amount);
    }

    function _baseURI() internal view override returns (string memory) {
        return _baseTokenURI;
    }

    function supportsInterface(bytes4 interfaceId) public view override(ERC721, ERC2981) returns (bool) {
        return super.supportsInterface(interfaceId);
    }
}
\`\`\`

Let me know if you'd like an allowlist phase or reveal mechanics.`,
  }),
  good({
    name: "game items with roles",
    prompt:
      "ERC1155 for a game: ids GOLD=0, SWORD=1, SHIELD=2. Only addresses with MINTER_ROLE can mint and mintBatch. Players can burn. The admin can update the uri.",
    answer: `Sure! Here's the contract.

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import "@openzeppelin/contracts/token/ERC1155/extensions/ERC1155Burnable.sol";
import "@openzeppelin/contracts/access/AccessControl.sol";

contract GameItems is ERC1155, ERC1155Burnable, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");

    uint256 public constant GOLD = 0;
    uint256 public constant SWORD = 1;
    uint256 public constant SHIELD = 2;

    constructor(string memory uri_, address admin) ERC1155(uri_) {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(MINTER_ROLE, admin);
    }

    function setURI(string memory newuri) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setURI(newuri);
    }

    function mint(address to, uint256 id, uint256 amount, bytes memory data) external onlyRole(MINTER_ROLE) {
        _mint(to, id, amount, data);
    }

    function mintBatch(address to, uint256[] memory ids, uint256[] memory amounts, bytes memory data)
        external
        onlyRole(MINTER_ROLE)
    {
        _mintBatch(to, ids, amounts, data);
    }

    function supportsInterface(bytes4 interfaceId) public view override(ERC1155, AccessControl) returns (bool) {
        return super.supportsInterface(interfaceId);
    }
}
\`\`\``,
  }),
  good({
    name: "a UUPS token on OpenZeppelin 5",
    prompt:
      "Upgradeable ERC20 (UUPS) with AccessControl: MINTER_ROLE mints, UPGRADER_ROLE upgrades, PAUSER_ROLE pauses transfers. initialize(address admin).",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.22;

import {AccessControlUpgradeable} from "@openzeppelin/contracts-upgradeable/access/AccessControlUpgradeable.sol";
import {ERC20Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol";
import {ERC20PausableUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20PausableUpgradeable.sol";
import {Initializable} from "@openzeppelin/contracts-upgradeable/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts-upgradeable/proxy/utils/UUPSUpgradeable.sol";

contract MyToken is Initializable, ERC20Upgradeable, ERC20PausableUpgradeable, AccessControlUpgradeable, UUPSUpgradeable {
    bytes32 public constant PAUSER_ROLE = keccak256("PAUSER_ROLE");
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");
    bytes32 public constant UPGRADER_ROLE = keccak256("UPGRADER_ROLE");

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    function initialize(address admin) external initializer {
        require(admin != address(0), "admin is zero");
        __ERC20_init("MyToken", "MTK");
        __ERC20Pausable_init();
        __AccessControl_init();
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(PAUSER_ROLE, admin);
        _grantRole(MINTER_ROLE, admin);
        _grantRole(UPGRADER_ROLE, admin);
    }

    function pause() external onlyRole(PAUSER_ROLE) {
        _pause();
    }

    function unpause() external onlyRole(PAUSER_ROLE) {
        _unpause();
    }

    function mint(address to, uint256 amount) external onlyRole(MINTER_ROLE) {
        _mint(to, amount);
    }

    function _authorizeUpgrade(address newImplementation) internal override onlyRole(UPGRADER_ROLE) {}

    function _update(address from, address to, uint256 value)
        internal
        override(ERC20Upgradeable, ERC20PausableUpgradeable)
    {
        super._update(from, to, value);
    }
}
\`\`\`

Deploy behind an \`ERC1967Proxy\`, passing \`abi.encodeCall(MyToken.initialize, (admin))\` as init data.`,
  }),
  good({
    name: "a governance token with votes and permit",
    prompt:
      "Governance token: ERC20 with ERC20Votes and ERC20Permit, 100 million fixed supply minted to the deployer, name Agora, symbol AGR.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

contract Agora is ERC20, ERC20Permit, ERC20Votes {
    constructor() ERC20("Agora", "AGR") ERC20Permit("Agora") {
        _mint(msg.sender, 100_000_000 * 10 ** decimals());
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }
}
\`\`\`

The supply is fixed: there is no mint function.`,
  }),
  good({
    name: "a soulbound badge",
    prompt:
      "Create a soulbound NFT (non-transferable ERC721) called `AchievementBadge`. The owner issues badges with `issue(address to, string uri)` and can `revoke(uint256 tokenId)`. Emit `BadgeIssued` and `BadgeRevoked`.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721URIStorage} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721URIStorage.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract AchievementBadge is ERC721URIStorage, Ownable {
    uint256 private _nextTokenId;

    event BadgeIssued(address indexed to, uint256 indexed tokenId, string uri);
    event BadgeRevoked(uint256 indexed tokenId);

    error Soulbound();

    constructor(address initialOwner) ERC721("Achievement Badge", "BADGE") Ownable(initialOwner) {}

    function issue(address to, string calldata uri) external onlyOwner returns (uint256 tokenId) {
        tokenId = _nextTokenId++;
        _safeMint(to, tokenId);
        _setTokenURI(tokenId, uri);
        emit BadgeIssued(to, tokenId, uri);
    }

    function revoke(uint256 tokenId) external onlyOwner {
        _burn(tokenId);
        emit BadgeRevoked(tokenId);
    }

    function approve(address, uint256) public pure override(ERC721, IERC721) {
        revert Soulbound();
    }

    function setApprovalForAll(address, bool) public pure override(ERC721, IERC721) {
        revert Soulbound();
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        address from = _ownerOf(tokenId);
        if (from != address(0) && to != address(0)) revert Soulbound();
        return super._update(to, tokenId, auth);
    }
}
\`\`\``,
  }),
];
