import type { AnswerCase } from "../case.ts";
import { bad, good, type Row } from "./code.ts";

const OZ = "@openzeppelin/contracts";
const HEAD = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.24;\n";
const f = (code: string): string => `\`\`\`solidity\n${HEAD}${code}\n\`\`\``;
const G = (name: string, prompt: string, answer: string, more: Partial<Row> = {}): AnswerCase =>
  good({ name, prompt, answer, ...more });
const B = (by: string, name: string, prompt: string, answer: string): AnswerCase => bad(by, { name, prompt, answer });

/** Contracts of many kinds, as different authors write them. */
export const MANY = [
  G(
    "escrow roles",
    "Build an escrow contract between a buyer and a seller with an arbiter. Only the arbiter can release or refund. Emit events for each action.",
    f(`contract Escrow {
  enum State { Funded, Released, Refunded }
  address public immutable buyer; address payable public immutable seller; address public immutable arbiter; State public state;
  event Released(uint256 amount); event Refunded(uint256 amount);
  error NotArbiter(); error Closed();
  constructor(address payable _seller, address _arbiter) payable { buyer = msg.sender; seller = _seller; arbiter = _arbiter; }
  modifier onlyArbiter { if (msg.sender != arbiter) revert NotArbiter(); _; }
  function release() external onlyArbiter { if (state != State.Funded) revert Closed(); state = State.Released; uint256 a = address(this).balance; (bool s,) = seller.call{value:a}(""); require(s); emit Released(a); }
  function refund() external onlyArbiter { if (state != State.Funded) revert Closed(); state = State.Refunded; uint256 a = address(this).balance; (bool s,) = payable(buyer).call{value:a}(""); require(s); emit Refunded(a); }
}`),
  ),
  G(
    "crowdfund",
    "Write a crowdfunding contract in Solidity. Contributors can call `contribute()`; if the goal isn't met by the deadline they can get a `refund()`. The creator can `claim()` the funds if the goal is reached.",
    f(`contract Crowdfund {
  address public immutable creator; uint256 public immutable goal; uint256 public immutable deadline; uint256 public total; bool public claimed;
  mapping(address => uint256) public contributions;
  constructor(uint256 _goal, uint256 _days) { creator = msg.sender; goal=_goal; deadline = block.timestamp + _days * 1 days; }
  function contribute() external payable { require(block.timestamp < deadline, "ended"); contributions[msg.sender] += msg.value; total += msg.value; }
  function claim() external { require(msg.sender == creator, "not creator"); require(block.timestamp >= deadline && total >= goal, "not reached"); require(!claimed); claimed = true; payable(creator).transfer(address(this).balance); }
  function refund() external { require(block.timestamp >= deadline && total < goal); uint256 c = contributions[msg.sender]; require(c > 0); contributions[msg.sender] = 0; payable(msg.sender).transfer(c); }
}`),
  ),
  G(
    "ERC20 from scratch",
    "Write an ERC-20 token from scratch without OpenZeppelin, with a burn function. Do not use `transfer()` hooks.",
    f(`contract Tok {
  string public constant name="Tok"; string public constant symbol="TOK"; uint8 public constant decimals=18; uint256 public totalSupply;
  mapping(address=>uint256) public balanceOf; mapping(address=>mapping(address=>uint256)) public allowance;
  event Transfer(address indexed from,address indexed to,uint256 value); event Approval(address indexed owner,address indexed spender,uint256 value);
  constructor(uint256 s){ totalSupply=s; balanceOf[msg.sender]=s; emit Transfer(address(0),msg.sender,s);}
  function transfer(address to,uint256 v) external returns(bool){ _t(msg.sender,to,v); return true; }
  function approve(address s,uint256 v) external returns(bool){ allowance[msg.sender][s]=v; emit Approval(msg.sender,s,v); return true; }
  function transferFrom(address from,address to,uint256 v) external returns(bool){ uint256 a=allowance[from][msg.sender]; if(a!=type(uint256).max) allowance[from][msg.sender]=a-v; _t(from,to,v); return true; }
  function burn(uint256 v) external { balanceOf[msg.sender]-=v; totalSupply-=v; emit Transfer(msg.sender,address(0),v); }
  function _t(address f,address t,uint256 v) internal { require(t!=address(0)); balanceOf[f]-=v; unchecked{balanceOf[t]+=v;} emit Transfer(f,t,v); }
}`),
  ),
  G(
    "public NFT mint payable",
    "Create an NFT collection: 10,000 max supply, public mint at 0.05 ETH, owner can withdraw and set base URI.",
    f(`import {ERC721} from "${OZ}/token/ERC721/ERC721.sol"; import {Ownable} from "${OZ}/access/Ownable.sol";
contract Apes is ERC721("Apes","APE"), Ownable(msg.sender) { uint256 public constant MAX=10_000; uint256 public constant PRICE=0.05 ether; uint256 public minted; string private base;
 function mint(uint256 qty) external payable { require(minted+qty<=MAX,"max"); require(msg.value==PRICE*qty,"price"); for(uint256 i;i<qty;++i){_safeMint(msg.sender,++minted);} }
 function setBaseURI(string calldata u) external onlyOwner { base=u; } function _baseURI() internal view override returns(string memory){return base;}
 function withdraw() external onlyOwner { (bool ok,)=payable(owner()).call{value:address(this).balance}(""); require(ok); } }`),
  ),
  G(
    "voting",
    "I need a simple voting smart contract. The owner adds proposals; everyone votes once. Provide getWinner().",
    "Sure!\n\n### Voting.sol\n\n" +
      f(`contract Voting { struct P{string name;uint256 votes;} address public owner; P[] public proposals; mapping(address=>bool) public voted;
 constructor(){owner=msg.sender;} modifier onlyOwner(){require(msg.sender==owner,"Only owner");_;}
 function addProposal(string memory n) public onlyOwner { proposals.push(P(n,0)); }
 function vote(uint256 i) public { require(!voted[msg.sender],"voted"); voted[msg.sender]=true; proposals[i].votes++; }
 function getWinner() public view returns(string memory w){ uint256 b; for(uint256 i=0;i<proposals.length;i++) if(proposals[i].votes>b){b=proposals[i].votes;w=proposals[i].name;} } }`) +
      "\n\n| function | who |\n|---|---|\n| addProposal | owner |\n",
  ),
  G(
    "permit token + role grant",
    "Write an ERC20 token with EIP-2612 permit, using AccessControl: only MINTER_ROLE may mint.",
    f(`import "${OZ}/token/ERC20/extensions/ERC20Permit.sol"; import "${OZ}/access/AccessControl.sol";
contract P is ERC20Permit, AccessControl { bytes32 public constant MINTER_ROLE=keccak256("MINTER_ROLE"); constructor(address a) ERC20("P","P") ERC20Permit("P") {_grantRole(DEFAULT_ADMIN_ROLE,a);_grantRole(MINTER_ROLE,a);} function mint(address t,uint256 v) external onlyRole(MINTER_ROLE){_mint(t,v);} }`),
  ),
  G(
    "WETH style",
    "Write a wrapped ether contract (WETH) with `deposit()` and `withdraw(uint256 wad)`.",
    f(`import "${OZ}/token/ERC20/ERC20.sol";
contract WETH is ERC20("Wrapped Ether","WETH") { event Deposit(address indexed d,uint256 w); event Withdrawal(address indexed s,uint256 w); receive() external payable {deposit();} function deposit() public payable {_mint(msg.sender,msg.value);emit Deposit(msg.sender,msg.value);} function withdraw(uint256 wad) external {_burn(msg.sender,wad);(bool ok,)=msg.sender.call{value:wad}("");require(ok,"fail");emit Withdrawal(msg.sender,wad);} }`),
  ),
  G(
    "simple dex AMM",
    "Write a constant product AMM for two ERC20 tokens with `addLiquidity`, `removeLiquidity` and `swap` functions.",
    f(`import {IERC20} from "${OZ}/token/ERC20/IERC20.sol"; import {ERC20} from "${OZ}/token/ERC20/ERC20.sol"; import {SafeERC20} from "${OZ}/token/ERC20/utils/SafeERC20.sol"; import {Math} from "${OZ}/utils/math/Math.sol"; import {ReentrancyGuard} from "${OZ}/utils/ReentrancyGuard.sol";
contract AMM is ERC20, ReentrancyGuard { using SafeERC20 for IERC20; IERC20 public immutable a; IERC20 public immutable b; uint256 public ra; uint256 public rb;
 constructor(IERC20 _a, IERC20 _b) ERC20("LP","LP") {a=_a;b=_b;}
 function addLiquidity(uint256 x,uint256 y) external nonReentrant returns(uint256 s){ a.safeTransferFrom(msg.sender,address(this),x); b.safeTransferFrom(msg.sender,address(this),y); uint256 t=totalSupply(); s=t==0?Math.sqrt(x*y):Math.min(x*t/ra,y*t/rb); require(s>0); _mint(msg.sender,s); ra+=x; rb+=y; }
 function removeLiquidity(uint256 s) external nonReentrant { uint256 t=totalSupply(); uint256 x=s*ra/t; uint256 y=s*rb/t; _burn(msg.sender,s); ra-=x; rb-=y; a.safeTransfer(msg.sender,x); b.safeTransfer(msg.sender,y); }
 function swap(address tin,uint256 x,uint256 min) external nonReentrant returns(uint256 o){ require(tin==address(a)||tin==address(b)); bool z=tin==address(a); (uint256 i,uint256 j)=z?(ra,rb):(rb,ra); o=j*(x*997)/(i*1000+x*997); require(o>=min); (z?a:b).safeTransferFrom(msg.sender,address(this),x); (z?b:a).safeTransfer(msg.sender,o); if(z){ra+=x;rb-=o;}else{rb+=x;ra-=o;} } }`),
  ),
  G(
    "simple storage",
    "Create a simple storage contract with `set(uint256)` and `get()`.",
    f(
      `contract SimpleStorage { uint256 private v; function set(uint256 x) public { v = x; } function get() public view returns (uint256) { return v; } }`,
    ),
  ),
  G(
    "merkle airdrop",
    "Write a Merkle airdrop: `claim(uint256 index, address account, uint256 amount, bytes32[] calldata proof)`.",
    f(`import {IERC20} from "${OZ}/token/ERC20/IERC20.sol"; import {SafeERC20} from "${OZ}/token/ERC20/utils/SafeERC20.sol"; import {MerkleProof} from "${OZ}/utils/cryptography/MerkleProof.sol";
contract Airdrop { using SafeERC20 for IERC20; IERC20 public immutable token; bytes32 public immutable root; mapping(uint256=>bool) public claimed; constructor(IERC20 t,bytes32 r){token=t;root=r;}
 function claim(uint256 index,address account,uint256 amount,bytes32[] calldata proof) external { require(!claimed[index]); bytes32 leaf=keccak256(bytes.concat(keccak256(abi.encode(index,account,amount)))); require(MerkleProof.verifyCalldata(proof,root,leaf)); claimed[index]=true; token.safeTransfer(account,amount); } }`),
  ),
  G(
    "factory + minimal proxies",
    "Implement a clone factory contract `WalletFactory` that deploys `Wallet` clones via EIP-1167.",
    f(`import {Clones} from "${OZ}/proxy/Clones.sol"; import {Initializable} from "${OZ}/proxy/utils/Initializable.sol";
contract Wallet is Initializable { address public owner; constructor(){_disableInitializers();} function initialize(address o) external initializer { owner=o; } receive() external payable {} function send(address payable to,uint256 v) external { require(msg.sender==owner); (bool ok,)=to.call{value:v}(""); require(ok); } }
contract WalletFactory { address public immutable impl = address(new Wallet()); event Created(address w); function create() external returns(address w){ w=Clones.clone(impl); Wallet(payable(w)).initialize(msg.sender); emit Created(w);} }`),
  ),
  G(
    "governor",
    "Create a Governor DAO contract with OpenZeppelin.",
    f(`import {Governor} from "${OZ}/governance/Governor.sol"; import {GovernorSettings} from "${OZ}/governance/extensions/GovernorSettings.sol"; import {GovernorCountingSimple} from "${OZ}/governance/extensions/GovernorCountingSimple.sol"; import {GovernorVotes} from "${OZ}/governance/extensions/GovernorVotes.sol"; import {GovernorVotesQuorumFraction} from "${OZ}/governance/extensions/GovernorVotesQuorumFraction.sol"; import {IVotes} from "${OZ}/governance/utils/IVotes.sol";
contract DAO is Governor, GovernorSettings, GovernorCountingSimple, GovernorVotes, GovernorVotesQuorumFraction { constructor(IVotes t) Governor("DAO") GovernorSettings(7200,50400,0) GovernorVotes(t) GovernorVotesQuorumFraction(4) {} function proposalThreshold() public view override(Governor, GovernorSettings) returns(uint256){return super.proposalThreshold();} }`),
  ),
  G(
    "continued in two blocks",
    "Write a token interface and vault `V`.",
    "First, the interface:\n\n" +
      f("interface IT { function transferFrom(address a,address b,uint256 v) external returns (bool); }") +
      "\n\nThen the vault:\n\n```solidity\ncontract V { IT public immutable t; mapping(address=>uint256) public b; constructor(IT _t){t=_t;} function put(uint256 v) external { require(t.transferFrom(msg.sender,address(this),v)); b[msg.sender]+=v; } }\n```",
  ),
  G(
    "vulnerable then fixed prose",
    "Write a secure Ether bank.",
    'A naive version (don\'t do this):\n\n```solidity\nfunction withdraw() external { msg.sender.call{value: balances[msg.sender]}(""); balances[msg.sender] = 0; }\n```\n\nThe secure one:\n\n' +
      f(
        `contract Bank { mapping(address=>uint256) public balances; function deposit() external payable {balances[msg.sender]+=msg.value;} function withdraw() external { uint256 v=balances[msg.sender]; balances[msg.sender]=0; (bool ok,)=msg.sender.call{value:v}(""); require(ok,"failed"); } }`,
      ),
  ),
  G(
    "chainlink-like local interface",
    "Write a price consumer for a Chainlink feed; define the interface inline.",
    f(
      `interface AggregatorV3Interface { function latestRoundData() external view returns (uint80,int256,uint256,uint256,uint80); } contract C { AggregatorV3Interface public immutable feed; error Stale(); constructor(address f){feed=AggregatorV3Interface(f);} function price() external view returns(int256 p){ uint256 t; (,p,,t,)=feed.latestRoundData(); if(block.timestamp-t>3600) revert Stale(); } }`,
    ),
  ),
  G(
    "subscription w/ token handling",
    "Write a subscription contract `Subs` where users pay monthly in an ERC20. Functions: `subscribe()`, `cancel()`, `isActive(address user)`. The owner can change the price with `setPrice(uint256 newPrice)`.",
    f(
      `import "${OZ}/token/ERC20/utils/SafeERC20.sol"; import "${OZ}/access/Ownable.sol"; contract Subs is Ownable { using SafeERC20 for IERC20; IERC20 public token; uint256 public price; mapping(address=>uint256) public until; constructor(IERC20 t,uint256 p) Ownable(msg.sender){token=t;price=p;} function subscribe() external { token.safeTransferFrom(msg.sender,owner(),price); uint256 b=until[msg.sender]>block.timestamp?until[msg.sender]:block.timestamp; until[msg.sender]=b+30 days; } function cancel() external { delete until[msg.sender]; } function isActive(address user) external view returns(bool){return until[user]>block.timestamp;} function setPrice(uint256 newPrice) external onlyOwner {price=newPrice;} }`,
    ),
  ),
  B(
    "solidity_meets_request",
    "setPrice open",
    "Write a subscription contract `Subs`. Functions: `subscribe()`. Only the owner can change the price with `setPrice(uint256 newPrice)`.",
    f(
      `contract Subs { address public owner=msg.sender; uint256 public price=1; mapping(address=>uint256) public until; function subscribe() external payable { require(msg.value==price); until[msg.sender]=block.timestamp+30 days; } function setPrice(uint256 newPrice) external {price=newPrice;} function take() external { require(msg.sender==owner); payable(owner).transfer(address(this).balance);} }`,
    ),
  ),
  B(
    "solidity_compiles",
    "immutable assigned later",
    "Write a timelock vault.",
    f(
      `contract T { uint256 public immutable unlock; address immutable o = msg.sender; function init(uint256 t) external { require(msg.sender==o); unlock = t; } }`,
    ),
  ),
  B(
    "solidity_compiles",
    "v0.6 idioms",
    "Write a bank.",
    f(
      `contract T { mapping(address=>uint) b; function w() public { msg.sender.transfer(b[msg.sender]); } uint x = now; }`,
    ),
  ),
  B(
    "solidity_compiles",
    "calldata modified",
    "Write an array sorter.",
    f(
      `contract S { function sort(uint256[] calldata a) external pure returns(uint256[] memory) { for(uint i;i<a.length;i++) a[i]=0; return a; } }`,
    ),
  ),
  B(
    "solidity_compiles",
    "diamond override w/out list",
    "Build an ERC721 enumerable NFT.",
    f(
      `import "${OZ}/token/ERC721/extensions/ERC721Enumerable.sol"; import "${OZ}/token/ERC721/extensions/ERC721URIStorage.sol"; contract N is ERC721Enumerable, ERC721URIStorage { constructor() ERC721("N","N") {} function supportsInterface(bytes4 i) public view override returns(bool){return super.supportsInterface(i);} }`,
    ),
  ),
  B(
    "solidity_meets_request",
    "admin-only blacklist open",
    "Write a stablecoin ERC20. Requirements:\n- Only the admin can mint, burn and blacklist addresses\n- Transfers involving blacklisted addresses must revert",
    f(
      `import "${OZ}/token/ERC20/ERC20.sol"; contract USDX is ERC20 { address public admin; mapping(address=>bool) public blacklisted; modifier onlyAdmin(){require(msg.sender==admin,"x");_;} constructor() ERC20("USDX","USDX"){admin=msg.sender;} function mint(address t,uint256 v) external onlyAdmin {_mint(t,v);} function burn(address f,uint256 v) external onlyAdmin {_burn(f,v);} function blacklist(address a) external { blacklisted[a]=true; } function _update(address f,address t,uint256 v) internal override { require(!blacklisted[f]&&!blacklisted[t]); super._update(f,t,v);} }`,
    ),
  ),
  B(
    "solidity_security",
    "open admin via setter in roles",
    "Write a token vault with an admin.",
    f(
      `contract V { address public admin; mapping(address=>uint256) public b; constructor(){admin=msg.sender;} function put() external payable {b[msg.sender]+=msg.value;} function changeAdmin(address a) public { require(a!=address(0),"zero"); admin=a; } function rescue(address payable to) external { require(msg.sender==admin); to.transfer(address(this).balance);} }`,
    ),
  ),
  B(
    "solidity_security",
    "reentrancy w/ cross var",
    "Write a DAO-like fund with deposits.",
    f(
      `contract Fund { mapping(address=>uint) public shares; uint public total; function buy() external payable { shares[msg.sender]+=msg.value; total+=msg.value; } function exit() external { uint s=shares[msg.sender]; if(s==0) revert(); (bool ok,bytes memory r)=payable(msg.sender).call{value:s}(""); if(!ok) revert(string(r)); delete shares[msg.sender]; total-=s; } }`,
    ),
  ),
  B(
    "solidity_security",
    "rescue tokens open",
    "Write a payment splitter for two people.",
    f(
      `contract Split { address payable a; address payable b; constructor(address payable x,address payable y){a=x;b=y;} receive() external payable {} function split() external { uint h=address(this).balance/2; a.transfer(h); b.transfer(address(this).balance);} function emergency(address payable to) external { to.transfer(address(this).balance);} }`,
    ),
  ),
];
