export const LENDING = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.0;

import "./IPair.sol";
import "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

contract LendingPool {
    using SafeERC20 for IERC20;

    IERC20 public immutable collateral;
    IERC20 public immutable debtToken;
    IPair public immutable pair;
    uint256 public constant LTV = 75;

    mapping(address => uint256) public collateralOf;
    mapping(address => uint256) public debtOf;
    address public guardian;

    constructor(IERC20 collateral_, IERC20 debt_, IPair pair_) {
        collateral = collateral_;
        debtToken = debt_;
        pair = pair_;
        guardian = msg.sender;
    }

    function price() public view returns (uint256) {
        (uint112 r0, uint112 r1, ) = pair.getReserves();
        return (uint256(r1) * 1e18) / r0;
    }

    function deposit(uint256 amount) external {
        collateral.safeTransferFrom(msg.sender, address(this), amount);
        collateralOf[msg.sender] += amount;
    }

    function borrow(uint256 amount) external {
        uint256 value = (collateralOf[msg.sender] * price()) / 1e18;
        require(debtOf[msg.sender] + amount <= (value * LTV) / 100, "undercollateralised");
        debtOf[msg.sender] += amount;
        debtToken.safeTransfer(msg.sender, amount);
    }

    function repay(uint256 amount) external {
        debtOf[msg.sender] -= amount;
        debtToken.safeTransferFrom(msg.sender, address(this), amount);
    }

    function withdraw(uint256 amount) external {
        collateralOf[msg.sender] -= amount;
        collateral.safeTransfer(msg.sender, amount);
    }

    function liquidate(address user) external {
        uint256 value = (collateralOf[user] * price()) / 1e18;
        require(debtOf[user] > (value * LTV) / 100, "healthy");
        uint256 seized = collateralOf[user];
        uint256 debt = debtOf[user];
        collateralOf[user] = 0;
        debtOf[user] = 0;
        debtToken.safeTransferFrom(msg.sender, address(this), debt);
        collateral.safeTransfer(msg.sender, seized);
    }

    function rescue(address target, bytes calldata data) external {
        require(tx.origin == guardian, "guardian");
        (bool ok, ) = target.delegatecall(data);
        require(ok, "failed");
    }
}`;
export const PAIR = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.0;

interface IPair {
    function getReserves() external view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast);
}`;
export const ESCROW = `pragma solidity ^0.8.21;

contract Escrow {
    enum State { Created, Funded, Released, Refunded }

    address public immutable buyer;
    address public immutable seller;
    address public immutable arbiter;
    State public state;

    error NotParty(address caller);
    error BadState(State current);
    event Funded(uint256 amount);
    event Released(uint256 amount);
    event Refunded(uint256 amount);

    modifier onlyArbiter() {
        if (msg.sender != arbiter) revert NotParty(msg.sender);
        _;
    }

    modifier inState(State wanted) {
        if (state != wanted) revert BadState(state);
        _;
    }

    constructor(address seller_, address arbiter_) {
        require(seller_ != address(0) && arbiter_ != address(0), "zero");
        buyer = msg.sender;
        seller = seller_;
        arbiter = arbiter_;
    }

    function fund() external payable inState(State.Created) {
        if (msg.sender != buyer) revert NotParty(msg.sender);
        state = State.Funded;
        emit Funded(msg.value);
    }

    function release() external onlyArbiter inState(State.Funded) {
        state = State.Released;
        uint256 amount = address(this).balance;
        (bool ok, ) = seller.call{value: amount}("");
        require(ok, "send failed");
        emit Released(amount);
    }

    function refund() external onlyArbiter inState(State.Funded) {
        state = State.Refunded;
        uint256 amount = address(this).balance;
        (bool ok, ) = buyer.call{value: amount}("");
        require(ok, "send failed");
        emit Refunded(amount);
    }
}`;
