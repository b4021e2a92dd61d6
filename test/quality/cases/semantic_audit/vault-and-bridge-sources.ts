/** What is audited in the second lot: a token vault, a bridge of two files, an old crowd sale, an upgradeable wallet, an NFT drop. */
export const VAULT = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

interface IStrategy {
    function invest(uint256 amount) external;
    function divest(uint256 amount) external returns (uint256 received);
    function balance() external view returns (uint256);
}

contract YieldVault is ERC20, Ownable, ReentrancyGuard {
    using SafeERC20 for IERC20;

    IERC20 public immutable asset;
    IStrategy public strategy;
    uint256 public withdrawalFeeBps;
    uint256 public constant MAX_BPS = 10_000;
    address public feeRecipient;
    mapping(address => uint256) public lastDeposit;

    event Deposit(address indexed user, uint256 assets, uint256 shares);
    event Withdraw(address indexed user, uint256 assets, uint256 shares);

    constructor(IERC20 asset_, address feeRecipient_) ERC20("Yield Vault", "yvT") Ownable(msg.sender) {
        asset = asset_;
        feeRecipient = feeRecipient_;
    }

    function totalAssets() public view returns (uint256) {
        uint256 idle = asset.balanceOf(address(this));
        return address(strategy) == address(0) ? idle : idle + strategy.balance();
    }

    function deposit(uint256 assets) external nonReentrant returns (uint256 shares) {
        require(assets > 0, "zero assets");
        uint256 supply = totalSupply();
        shares = supply == 0 ? assets : (assets * supply) / totalAssets();
        asset.safeTransferFrom(msg.sender, address(this), assets);
        lastDeposit[msg.sender] = block.timestamp;
        _mint(msg.sender, shares);
        emit Deposit(msg.sender, assets, shares);
    }

    function withdraw(uint256 shares) external nonReentrant returns (uint256 assets) {
        assets = (shares * totalAssets()) / totalSupply();
        _burn(msg.sender, shares);
        uint256 idle = asset.balanceOf(address(this));
        if (idle < assets) {
            strategy.divest(assets - idle);
        }
        uint256 fee = (assets * withdrawalFeeBps) / MAX_BPS;
        asset.safeTransfer(feeRecipient, fee);
        asset.safeTransfer(msg.sender, assets - fee);
        emit Withdraw(msg.sender, assets, shares);
    }

    function investIdle(uint256 amount) external onlyOwner {
        asset.forceApprove(address(strategy), amount);
        strategy.invest(amount);
    }

    function setStrategy(IStrategy next) external onlyOwner {
        strategy = next;
    }

    function setWithdrawalFee(uint256 bps) external onlyOwner {
        withdrawalFeeBps = bps;
    }
}`;

export const BRIDGE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.17;

import "./BridgeToken.sol";

contract Bridge {
    BridgeToken public immutable token;
    mapping(address => bool) public isValidator;
    uint256 public threshold;
    address public admin;

    event Locked(address indexed from, uint256 amount, uint256 targetChain);
    event Released(address indexed to, uint256 amount, bytes32 indexed id);

    modifier onlyAdmin() {
        require(msg.sender == admin, "not admin");
        _;
    }

    constructor(BridgeToken token_, address[] memory validators, uint256 threshold_) {
        token = token_;
        threshold = threshold_;
        admin = msg.sender;
        for (uint256 i = 0; i < validators.length; i++) {
            isValidator[validators[i]] = true;
        }
    }

    function lock(uint256 amount, uint256 targetChain) external {
        token.burn(msg.sender, amount);
        emit Locked(msg.sender, amount, targetChain);
    }

    function release(address to, uint256 amount, bytes32 id, bytes[] calldata signatures) external {
        bytes32 hash = keccak256(abi.encodePacked(to, amount, id));
        uint256 valid = 0;
        for (uint256 i = 0; i < signatures.length; i++) {
            if (isValidator[recover(hash, signatures[i])]) {
                valid++;
            }
        }
        require(valid >= threshold, "not enough signatures");
        token.mint(to, amount);
        emit Released(to, amount, id);
    }

    function recover(bytes32 hash, bytes calldata sig) public pure returns (address) {
        (bytes32 r, bytes32 s, uint8 v) = abi.decode(sig, (bytes32, bytes32, uint8));
        return ecrecover(hash, v, r, s);
    }

    function setValidator(address who, bool ok) external onlyAdmin {
        isValidator[who] = ok;
    }

    function setThreshold(uint256 value) external onlyAdmin {
        threshold = value;
    }
}`;

export const BRIDGE_TOKEN = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.17;

contract BridgeToken {
    string public constant name = "Bridged";
    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply;
    address public bridge;

    event Transfer(address indexed from, address indexed to, uint256 value);

    function setBridge(address bridge_) external {
        bridge = bridge_;
    }

    function mint(address to, uint256 value) external {
        require(msg.sender == bridge, "only bridge");
        balanceOf[to] += value;
        totalSupply += value;
        emit Transfer(address(0), to, value);
    }

    function burn(address from, uint256 value) external {
        require(msg.sender == bridge, "only bridge");
        balanceOf[from] -= value;
        totalSupply -= value;
        emit Transfer(from, address(0), value);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        balanceOf[msg.sender] -= value;
        balanceOf[to] += value;
        emit Transfer(msg.sender, to, value);
        return true;
    }
}`;

export const SALE = `pragma solidity ^0.6.12;

contract CrowdSale {
    address payable public beneficiary;
    uint public goal;
    uint public raised;
    uint public end;
    uint public rate;
    mapping(address => uint) public contributions;
    mapping(address => uint) public tokens;

    constructor(uint _goal, uint _days, uint _rate) public {
        beneficiary = msg.sender;
        goal = _goal;
        rate = _rate;
        end = now + _days * 1 days;
    }

    receive() external payable {
        buy();
    }

    function buy() public payable {
        require(now < end, "ended");
        contributions[msg.sender] += msg.value;
        tokens[msg.sender] += msg.value * rate;
        raised += msg.value;
    }

    function transfer(address to, uint amount) public {
        require(tokens[msg.sender] - amount >= 0, "balance");
        tokens[msg.sender] -= amount;
        tokens[to] += amount;
    }

    function refund() public {
        require(now >= end && raised < goal, "not refundable");
        uint amount = contributions[msg.sender];
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "failed");
        contributions[msg.sender] = 0;
    }

    function payout() public {
        require(now >= end && raised >= goal, "not reached");
        beneficiary.send(address(this).balance);
    }
}`;

export const DROP = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import "@openzeppelin/contracts/access/Ownable.sol";

contract PixelDrop is ERC721, Ownable {
    uint256 public constant MAX_SUPPLY = 5000;
    uint256 public constant MAX_PER_WALLET = 3;
    uint256 public price = 0.05 ether;
    uint256 public nextId;
    bool public saleActive;
    string private _base;
    mapping(address => uint256) public minted;

    constructor(string memory base) ERC721("PixelDrop", "PXD") Ownable(msg.sender) {
        _base = base;
    }

    function mint(uint256 quantity) external payable {
        require(saleActive, "inactive");
        require(nextId + quantity <= MAX_SUPPLY, "sold out");
        require(minted[msg.sender] + quantity <= MAX_PER_WALLET, "limit");
        require(msg.value >= price * quantity, "price");
        for (uint256 i = 0; i < quantity; i++) {
            _safeMint(msg.sender, nextId++);
        }
        minted[msg.sender] += quantity;
    }

    function toggleSale() external onlyOwner {
        saleActive = !saleActive;
    }

    function setPrice(uint256 next) external onlyOwner {
        price = next;
    }

    function reveal() external view returns (uint256) {
        return uint256(keccak256(abi.encodePacked(block.prevrandao, block.timestamp))) % MAX_SUPPLY;
    }

    function withdraw() external onlyOwner {
        payable(owner()).transfer(address(this).balance);
    }

    function _baseURI() internal view override returns (string memory) {
        return _base;
    }
}`;
