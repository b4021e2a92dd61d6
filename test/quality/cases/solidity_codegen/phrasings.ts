import type { AnswerCase } from "../case.ts";
import { bad, good, type Row } from "./code.ts";

const OZ = "@openzeppelin/contracts";
const f = (code: string, pragma = "^0.8.20"): string =>
  `\`\`\`solidity\n// SPDX-License-Identifier: MIT\npragma solidity ${pragma};\n${code}\n\`\`\``;
const G = (name: string, prompt: string, answer: string, more: Partial<Row> = {}): AnswerCase =>
  good({ name, prompt, answer, ...more });
const B = (by: string, name: string, prompt: string, answer: string): AnswerCase => bad(by, { name, prompt, answer });

/** Requests that say the same in other words, and answers that only look right or wrong. */
export const PHRASINGS = [
  G(
    "guess game",
    "Write a guessing game: whoever guesses the number gets the pot.",
    f(
      `contract G { bytes32 immutable h; constructor(bytes32 _h) payable { h=_h; } function guess(uint256 n, bytes32 salt) external { require(keccak256(abi.encode(n,salt))==h,"wrong"); (bool ok,)=msg.sender.call{value:address(this).balance}(""); require(ok);} }`,
    ),
  ),
  G(
    "buy ownership",
    "Write a contract for a collectible whose ownership anyone can buy for a higher price.",
    f(
      `contract C { address payable public owner; uint256 public price = 1 ether; constructor(){owner=payable(msg.sender);} function buy() external payable { require(msg.value>price); address payable old=owner; owner=payable(msg.sender); price=msg.value; (bool ok,)=old.call{value:msg.value}(""); require(ok);} }`,
    ),
  ),
  G(
    "token owners",
    "Write an ERC721 where only token owners can rename their token with `rename(uint256 tokenId, string name)`. Use OpenZeppelin's `_update` hook only if needed.",
    f(
      `import "${OZ}/token/ERC721/ERC721.sol"; contract N is ERC721("N","N") { uint256 n; mapping(uint256=>string) public names; function mint() external { _mint(msg.sender, ++n);} function rename(uint256 tokenId,string calldata name_) external { require(ownerOf(tokenId)==msg.sender); names[tokenId]=name_; } }`,
    ),
  ),
  G(
    "interface implemented",
    "Implement this interface:\n```solidity\ninterface IBox { function put(uint256 v) external; function get() external view returns (uint256); }\n```",
    f(
      `interface IBox { function put(uint256 v) external; function get() external view returns (uint256); }\ncontract Box is IBox { uint256 private v; function put(uint256 x) external { v=x; } function get() external view returns(uint256){return v;} }`,
    ),
  ),
  B(
    "solidity_meets_request",
    "interface half",
    "Implement this interface:\n```solidity\ninterface IBox { function put(uint256 v) external; function get() external view returns (uint256); }\n```",
    f(`contract Box { uint256 public v; function put(uint256 x) external { v=x; } }`),
  ),
  G(
    "extends context",
    "Extend the given vault with `pause()` and `unpause()` so that deposits can be stopped; only the owner may pause.",
    f(
      `import {Vault} from "./Vault.sol"; contract PausableVault is Vault { bool public paused; error Paused(); modifier onlyOwner(){require(msg.sender==owner,"owner");_;} function pause() external onlyOwner {paused=true;} function unpause() external onlyOwner {paused=false;} function deposit() public payable override { if(paused) revert Paused(); super.deposit(); } }`,
    ),
    {
      context: {
        files: [
          {
            path: "contracts/Vault.sol",
            content:
              "pragma solidity ^0.8.0; contract Vault { address public owner=msg.sender; mapping(address=>uint) public b; function deposit() public payable virtual { b[msg.sender]+=msg.value; } }",
          },
        ],
      },
    },
  ),
  G(
    "pinned oz4",
    "Write a pausable ERC20 for Solidity 0.8.17.",
    f(
      `import "${OZ}/token/ERC20/ERC20.sol"; import "${OZ}/security/Pausable.sol"; import "${OZ}/access/Ownable.sol"; contract T is ERC20, Pausable, Ownable { constructor() ERC20("T","T") {} function pause() public onlyOwner {_pause();} function unpause() public onlyOwner {_unpause();} function mint(address to,uint256 a) public onlyOwner {_mint(to,a);} function _beforeTokenTransfer(address a,address b,uint256 v) internal override whenNotPaused { super._beforeTokenTransfer(a,b,v);} }`,
      "0.8.17",
    ),
  ),
  B(
    "solidity_compiles",
    "pinned 0.8.19 with OZ5 ctor",
    "Write an ERC20.",
    f(
      `import "${OZ}/token/ERC20/ERC20.sol"; import "${OZ}/access/Ownable.sol"; contract T is ERC20, Ownable { constructor() ERC20("T","T") Ownable(msg.sender) {} }`,
      "0.8.19",
    ),
  ),
  B(
    "solidity_compiles",
    "pinned 0.8.2 custom error",
    "Write a counter.",
    f(
      `contract T { error Low(); uint256 public n; function down() external { if(n==0) revert Low(); n--; } }`,
      "0.8.2",
    ),
  ),
  G(
    "wrapped in list + russian",
    "Напиши контракт `Kopilka` с функцией `deposit()`.",
    "1. Вот контракт:\n\n   ```solidity\n   // SPDX-License-Identifier: MIT\n   pragma solidity ^0.8.0;\n   contract Kopilka { mapping(address=>uint) public balances; function deposit() external payable { balances[msg.sender]+=msg.value; } }\n   ```\n\n2. Готово.",
  ),
  B(
    "solidity_security",
    "same value check no lock",
    "Write an admin registry.",
    f(
      `contract R { address public admin=msg.sender; mapping(bytes32=>address) public r; function set(bytes32 k,address v) external { require(msg.sender==admin); r[k]=v; } function setAdmin(address a) external { require(a!=admin,"same"); admin=a; } }`,
    ),
  ),
  B(
    "solidity_meets_request",
    "withdraw unguarded in 721",
    "Create an ERC721 with a paid public mint. Only the contract owner should be able to withdraw the proceeds.",
    f(
      `import "${OZ}/token/ERC721/ERC721.sol"; import "${OZ}/access/Ownable.sol"; contract N is ERC721, Ownable { uint256 n; constructor() ERC721("N","N") Ownable(msg.sender) {} function mint() external payable { require(msg.value==1 ether); _safeMint(msg.sender,++n);} function withdraw() external { payable(owner()).transfer(address(this).balance);} }`,
    ),
  ),
  B(
    "solidity_meets_request",
    "safeMint unguarded asked onlyOwner",
    "Create an ERC721 NFT. `safeMint(address to)` must be restricted to the owner.",
    f(
      `import "${OZ}/token/ERC721/ERC721.sol"; import "${OZ}/access/Ownable.sol"; contract N is ERC721, Ownable { uint256 n; constructor() ERC721("N","N") Ownable(msg.sender) {} function safeMint(address to) external { _safeMint(to,++n);} }`,
    ),
  ),
  B(
    "solidity_security",
    "AccessControl own grant",
    "Write a role registry contract.",
    f(
      `import "${OZ}/access/AccessControl.sol"; contract R is AccessControl { constructor(){_grantRole(DEFAULT_ADMIN_ROLE,msg.sender);} function addMinter(address a) external { _grantRole(keccak256("MINTER"),a);} }`,
    ),
  ),
  G(
    "ether splitter raw",
    "Write a payment splitter where payees call `release(address payable account)`; use `call` instead of `transfer()`.",
    f(
      `contract P { uint256 public totalShares; uint256 public totalReleased; mapping(address=>uint256) public shares; mapping(address=>uint256) public released; constructor(address[] memory p,uint256[] memory s) payable { for(uint256 i;i<p.length;i++){shares[p[i]]=s[i];totalShares+=s[i];} } receive() external payable {} function release(address payable account) external { require(shares[account]>0); uint256 t=address(this).balance+totalReleased; uint256 due=t*shares[account]/totalShares-released[account]; require(due>0); released[account]+=due; totalReleased+=due; (bool ok,)=account.call{value:due}(""); require(ok);} }`,
    ),
  ),
  G(
    "custom access list",
    "Write a whitelist contract. Only admins can add or remove members. Multiple admins.",
    f(
      `contract W { mapping(address=>bool) public admins; mapping(address=>bool) public members; error NotAdmin(); constructor(){admins[msg.sender]=true;} modifier onlyAdmin(){ _onlyAdmin(); _; } function _onlyAdmin() internal view { if(!admins[msg.sender]) revert NotAdmin(); } function addMember(address a) external onlyAdmin {members[a]=true;} function removeMember(address a) external onlyAdmin {members[a]=false;} function addAdmin(address a) external onlyAdmin {admins[a]=true;} }`,
    ),
  ),
];
