/** Solidity's own words and globals: no source has to declare them. */
const LANGUAGE =
  "constructor fallback receive contract interface library function modifier event error struct enum mapping public external internal private view pure payable virtual override abstract immutable constant memory storage calldata returns return this super msg tx block abi type address bool string bytes uint int byte require assert revert emit if else for while do try catch new delete true false sender value data sig origin timestamp number difficulty prevrandao coinbase basefee chainid gaslimit gasprice blockhash gasleft now keccak256 sha256 sha3 ripemd160 ecrecover addmod mulmod selfdestruct suicide encode encodePacked encodeWithSelector encodeWithSignature encodeCall decode call delegatecall staticcall callcode transfer send balance code codehash length push pop selector unchecked assembly pragma import using is as indexed anonymous wei gwei ether seconds minutes hours days weeks max min solidity throw var extcodesize create create2 sload sstore mload mstore";

/** What the common libraries bring to a contract that inherits or uses them, and what auditors call the usual tools. */
const LIBRARIES =
  "ERC20 IERC20 ERC20Permit ERC20Burnable ERC20Votes ERC20Upgradeable IERC20Metadata SafeERC20 SafeMath Math SafeCast Address Strings Context Ownable Ownable2Step OwnableUpgradeable AccessControl AccessControlUpgradeable Pausable PausableUpgradeable ReentrancyGuard ReentrancyGuardTransient ReentrancyGuardUpgradeable ERC721 IERC721 ERC721Enumerable ERC721URIStorage IERC721Receiver ERC1155 IERC1155 ERC1155Supply ERC4626 IERC4626 Initializable UUPSUpgradeable Proxy ERC1967Proxy TransparentUpgradeableProxy Clones ECDSA EIP712 MerkleProof EnumerableSet EnumerableMap Counters TimelockController Governor PullPayment Votes Nonces " +
  "totalSupply balanceOf transferFrom approve allowance increaseAllowance decreaseAllowance name symbol decimals permit nonces DOMAIN_SEPARATOR burn burnFrom mint safeTransfer safeTransferFrom safeApprove forceApprove safeIncreaseAllowance safeDecreaseAllowance trySafeTransfer _mint _burn _transfer _approve _update _spendAllowance _beforeTokenTransfer _afterTokenTransfer _safeMint _safeTransfer _mintBatch _burnBatch _exists _requireOwned _setTokenURI _baseURI ownerOf tokenURI uri getApproved setApprovalForAll isApprovedForAll supportsInterface onERC721Received onERC1155Received onERC1155BatchReceived safeBatchTransferFrom balanceOfBatch tokenOfOwnerByIndex tokenByIndex " +
  "owner onlyOwner transferOwnership renounceOwnership acceptOwnership pendingOwner _checkOwner _transferOwnership hasRole grantRole revokeRole renounceRole getRoleAdmin onlyRole _grantRole _revokeRole _setupRole _setRoleAdmin _checkRole DEFAULT_ADMIN_ROLE MINTER_ROLE PAUSER_ROLE paused whenNotPaused whenPaused _pause _unpause pause unpause nonReentrant _msgSender _msgData initializer reinitializer onlyInitializing _disableInitializers onlyProxy _authorizeUpgrade upgradeTo upgradeToAndCall proxiableUUID __Ownable_init __ERC20_init __Pausable_init __AccessControl_init __ReentrancyGuard_init __UUPSUpgradeable_init " +
  "convertToShares convertToAssets totalAssets previewDeposit previewMint previewWithdraw previewRedeem maxDeposit maxMint maxWithdraw maxRedeem deposit withdraw redeem asset sendValue functionCall functionCallWithValue functionDelegateCall functionStaticCall recover tryRecover toEthSignedMessageHash verify mulDiv latestRoundData latestAnswer getRoundData AggregatorV3Interface IUniswapV2Router02 IUniswapV2Pair getReserves swapExactTokensForTokens getAmountsOut " +
  "Transfer Approval ApprovalForAll OwnershipTransferred RoleGranted RoleRevoked Paused Unpaused Upgraded Initialized TransferSingle TransferBatch";

const lower = (words: string): ReadonlySet<string> => new Set(words.toLowerCase().split(" "));

export const LANGUAGE_NAMES = lower(LANGUAGE);
export const LIBRARY_NAMES = lower(LIBRARIES);

/** Paths of packages whose names the list above holds. */
export const KNOWN_PACKAGE = /openzeppelin|solmate|solady|chainlink|uniswap/i;

/** Words that an auditor writes where a name could stand. */
export const GENERAL_WORDS: ReadonlySet<string> = lower(
  "all entire whole global multiple various several the a an and or in of at on to for from by with line lines file files state variable variables each every any functions contracts code see both throughout general overall n/a none unknown it its this that these those which user users owner admin attacker caller contract-level deployment constructor/initializer signature declaration definition body call calls calling logic level scope header setter getter withdrawal deposits withdrawals transfers token tokens ether eth vulnerable affected main critical high medium low same other first second external-call loop check checks without lacks missing has is are does can may should allows uses used using makes sends performs never not fails updates sets itself takes implementation hook fallback/receive above below also only admin-only privileged sensitive administrative core key unprotected hash library interface solidity smart source top default helper callback view pure library",
);

/** Elementary types in all their widths. */
export const ELEMENTARY_TYPE = /^(?:u?int\d{0,3}|bytes\d{0,2}|u?fixed\w*|string|bool|address)$/;
