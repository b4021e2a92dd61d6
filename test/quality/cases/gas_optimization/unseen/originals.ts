/** What the answers of this folder are to make cheaper: points, a payroll, a pool, a market, claims. */
const H = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n\n";
export const POINTS = `${H}contract LoyaltyPoints {
    string public name = "Loyalty Points";
    address public owner;
    uint256 public totalPoints;
    uint256 public constant MAX_GRANT = 10000;
    mapping(address => uint256) public points;
    mapping(address => mapping(address => uint256)) public allowances;
    mapping(address => bool) public blocked;

    event Granted(address indexed to, uint256 amount);
    event Moved(address indexed from, address indexed to, uint256 amount);
    event Allowed(address indexed owner, address indexed spender, uint256 amount);
    event Blocked(address indexed who, bool value);

    constructor() {
        owner = msg.sender;
    }

    modifier onlyOwner() {
        require(msg.sender == owner, "LoyaltyPoints: caller is not the owner");
        _;
    }

    function grant(address to, uint256 amount) public onlyOwner {
        require(to != address(0), "LoyaltyPoints: grant to the zero address");
        require(amount > 0 && amount <= MAX_GRANT, "LoyaltyPoints: amount out of range");
        require(!blocked[to], "LoyaltyPoints: account is blocked");
        points[to] = points[to] + amount;
        totalPoints = totalPoints + amount;
        emit Granted(to, amount);
    }

    function setBlocked(address who, bool value) public onlyOwner {
        blocked[who] = value;
        emit Blocked(who, value);
    }

    function allow(address spender, uint256 amount) public returns (bool) {
        allowances[msg.sender][spender] = amount;
        emit Allowed(msg.sender, spender, amount);
        return true;
    }

    function move(address to, uint256 amount) public returns (bool) {
        require(to != address(0), "LoyaltyPoints: move to the zero address");
        require(!blocked[msg.sender], "LoyaltyPoints: account is blocked");
        require(points[msg.sender] >= amount, "LoyaltyPoints: insufficient points");
        points[msg.sender] = points[msg.sender] - amount;
        points[to] = points[to] + amount;
        emit Moved(msg.sender, to, amount);
        return true;
    }

    function moveFrom(address from, address to, uint256 amount) public returns (bool) {
        require(to != address(0), "LoyaltyPoints: move to the zero address");
        require(!blocked[from], "LoyaltyPoints: account is blocked");
        require(allowances[from][msg.sender] >= amount, "LoyaltyPoints: insufficient allowance");
        require(points[from] >= amount, "LoyaltyPoints: insufficient points");
        allowances[from][msg.sender] = allowances[from][msg.sender] - amount;
        points[from] = points[from] - amount;
        points[to] = points[to] + amount;
        emit Moved(from, to, amount);
        return true;
    }

    function tierOf(address account) public view returns (uint256) {
        if (points[account] >= 5000) {
            return 3;
        } else if (points[account] >= 1000) {
            return 2;
        } else if (points[account] >= 100) {
            return 1;
        } else {
            return 0;
        }
    }
}`;

export const PAYROLL = `${H}contract Payroll {
    address public manager;
    uint256 public totalPaid;
    uint256 public payments;
    mapping(address => uint256) public credit;

    event Credited(address indexed who, uint256 amount);
    event BatchDone(uint256 count, uint256 total);

    constructor() {
        manager = msg.sender;
    }

    function creditMany(address[] memory people, uint256[] memory amounts) public {
        require(msg.sender == manager, "only manager");
        require(people.length == amounts.length, "length mismatch");
        uint256 total = 0;
        for (uint256 i = 0; i < people.length; i++) {
            require(people[i] != address(0), "zero address");
            credit[people[i]] += amounts[i];
            total = total + amounts[i];
            payments = payments + 1;
            emit Credited(people[i], amounts[i]);
        }
        totalPaid = totalPaid + total;
        emit BatchDone(people.length, total);
    }

    function sum(uint256[] memory values) public pure returns (uint256) {
        uint256 total = 0;
        for (uint256 i = 0; i < values.length; i++) {
            total = total + values[i];
        }
        return total;
    }

    function biggest(uint256[] memory values) public pure returns (uint256 index) {
        uint256 best = 0;
        for (uint256 i = 0; i < values.length; i++) {
            if (values[i] > best) {
                best = values[i];
                index = i;
            }
        }
    }
}`;

export const POOL = `${H}interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract RewardPool {
    IERC20 public token;
    address public admin;
    uint256 public rate;
    uint256 public total;
    uint256 public accPerShare;
    uint256 public lastTime;
    bool private locked;

    struct Account {
        uint256 amount;
        uint256 paid;
        uint256 pending;
    }

    mapping(address => Account) public accounts;

    event Deposit(address indexed who, uint256 amount);
    event Withdraw(address indexed who, uint256 amount);
    event Harvest(address indexed who, uint256 amount);
    event RateChanged(uint256 rate);

    modifier lock() {
        require(!locked, "locked");
        locked = true;
        _;
        locked = false;
    }

    constructor(address _token, uint256 _rate) {
        token = IERC20(_token);
        admin = msg.sender;
        rate = _rate;
        lastTime = block.timestamp;
    }

    function _update() internal {
        if (total > 0) {
            accPerShare = accPerShare + (block.timestamp - lastTime) * rate * 1e12 / total;
        }
        lastTime = block.timestamp;
    }

    function _settle(address who) internal {
        accounts[who].pending = accounts[who].pending + accounts[who].amount * (accPerShare - accounts[who].paid) / 1e12;
        accounts[who].paid = accPerShare;
    }

    function deposit(uint256 amount) external lock {
        require(amount > 0, "zero amount");
        _update();
        _settle(msg.sender);
        accounts[msg.sender].amount = accounts[msg.sender].amount + amount;
        total = total + amount;
        require(token.transferFrom(msg.sender, address(this), amount), "transfer failed");
        emit Deposit(msg.sender, amount);
    }

    function withdraw(uint256 amount) external lock {
        require(accounts[msg.sender].amount >= amount, "too much");
        _update();
        _settle(msg.sender);
        accounts[msg.sender].amount = accounts[msg.sender].amount - amount;
        total = total - amount;
        require(token.transfer(msg.sender, amount), "transfer failed");
        emit Withdraw(msg.sender, amount);
    }

    function harvest() external lock returns (uint256) {
        _update();
        _settle(msg.sender);
        uint256 amount = accounts[msg.sender].pending;
        accounts[msg.sender].pending = 0;
        require(token.transfer(msg.sender, amount), "transfer failed");
        emit Harvest(msg.sender, amount);
        return amount;
    }

    function setRate(uint256 newRate) external {
        require(msg.sender == admin, "not admin");
        _update();
        rate = newRate;
        emit RateChanged(newRate);
    }
}`;

export const MARKET = `${H}contract Market {
    struct Listing {
        bool active;
        uint256 price;
        address seller;
        uint64 createdAt;
        uint256 quantity;
        bool featured;
    }

    Listing[] private listings;
    uint256 public feeBps = 250;
    address public feeReceiver;
    mapping(address => uint256) public earnings;
    uint256[] private featuredIds;

    event Listed(uint256 indexed id, address indexed seller, uint256 price, uint256 quantity);
    event Sold(uint256 indexed id, address indexed buyer, uint256 quantity, uint256 cost);
    event Cancelled(uint256 indexed id);

    constructor(address receiver) {
        require(receiver != address(0), "receiver is zero");
        feeReceiver = receiver;
    }

    function list(uint256 price, uint256 quantity) external returns (uint256 id) {
        require(price > 0, "price is zero");
        require(quantity > 0, "quantity is zero");
        id = listings.length;
        listings.push(Listing(true, price, msg.sender, uint64(block.timestamp), quantity, false));
        emit Listed(id, msg.sender, price, quantity);
    }

    function buy(uint256 id, uint256 quantity) external payable {
        require(id < listings.length, "no such listing");
        require(listings[id].active, "not active");
        require(quantity > 0 && quantity <= listings[id].quantity, "bad quantity");
        uint256 cost = listings[id].price * quantity;
        require(msg.value == cost, "wrong payment");
        uint256 fee = (cost * feeBps) / 10000;
        earnings[feeReceiver] = earnings[feeReceiver] + fee;
        earnings[listings[id].seller] = earnings[listings[id].seller] + cost - fee;
        listings[id].quantity = listings[id].quantity - quantity;
        if (listings[id].quantity == 0) {
            listings[id].active = false;
        }
        emit Sold(id, msg.sender, quantity, cost);
    }

    function cancel(uint256 id) external {
        require(id < listings.length, "no such listing");
        require(listings[id].seller == msg.sender, "not seller");
        require(listings[id].active, "not active");
        listings[id].active = false;
        emit Cancelled(id);
    }

    function feature(uint256 id) external {
        require(id < listings.length, "no such listing");
        require(msg.sender == feeReceiver, "not allowed");
        require(!listings[id].featured, "already featured");
        listings[id].featured = true;
        featuredIds.push(id);
    }

    function unfeature(uint256 id) external {
        require(msg.sender == feeReceiver, "not allowed");
        for (uint256 i = 0; i < featuredIds.length; i++) {
            if (featuredIds[i] == id) {
                for (uint256 j = i; j < featuredIds.length - 1; j++) {
                    featuredIds[j] = featuredIds[j + 1];
                }
                featuredIds.pop();
                listings[id].featured = false;
                return;
            }
        }
        revert("not featured");
    }

    function allFeatured() external view returns (uint256[] memory) {
        return featuredIds;
    }

    function getListing(uint256 id) external view returns (bool, uint256, address, uint64, uint256, bool) {
        Listing memory l = listings[id];
        return (l.active, l.price, l.seller, l.createdAt, l.quantity, l.featured);
    }

    function withdraw() external {
        uint256 amount = earnings[msg.sender];
        require(amount > 0, "nothing to withdraw");
        earnings[msg.sender] = 0;
        (bool ok, ) = payable(msg.sender).call{value: amount}("");
        require(ok, "transfer failed");
    }
}`;

export const MERKLE = `${H}contract MerkleClaims {
    bytes32 public root;
    mapping(address => bool) public claimed;
    uint256 public claims;

    event Claimed(address indexed who, uint256 amount);

    constructor(bytes32 _root) {
        root = _root;
    }

    function hashPair(bytes32 a, bytes32 b) public pure returns (bytes32) {
        if (a < b) {
            return keccak256(abi.encodePacked(a, b));
        } else {
            return keccak256(abi.encodePacked(b, a));
        }
    }

    function computeRoot(bytes32[] memory proof, bytes32 leaf) public pure returns (bytes32) {
        bytes32 node = leaf;
        for (uint256 i = 0; i < proof.length; i++) {
            node = hashPair(node, proof[i]);
        }
        return node;
    }

    function leafOf(address who, uint256 amount) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(who, amount));
    }

    function claim(uint256 amount, bytes32[] memory proof) public {
        require(!claimed[msg.sender], "already claimed");
        require(computeRoot(proof, leafOf(msg.sender, amount)) == root, "bad proof");
        claimed[msg.sender] = true;
        claims = claims + 1;
        emit Claimed(msg.sender, amount);
    }
}`;
