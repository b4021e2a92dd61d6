/** What is audited in the fifth lot: a lottery of shares with a base contract and a library, and a Dutch auction. */
export const DIVIDENDS = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

library Ratio {
    uint256 internal constant ONE = 1e18;

    function mul(uint256 a, uint256 b) internal pure returns (uint256) {
        return (a * b) / ONE;
    }
}

abstract contract Administered {
    address public admin;
    event AdminChanged(address indexed previous, address indexed next);

    constructor() {
        admin = msg.sender;
    }

    modifier onlyAdmin() {
        _requireAdmin();
        _;
    }

    function _requireAdmin() internal view {
        require(msg.sender == admin, "Administered: caller is not the admin");
    }

    function changeAdmin(address next) public virtual onlyAdmin {
        emit AdminChanged(admin, next);
        admin = next;
    }
}

contract Dividends is Administered {
    using Ratio for uint256;

    mapping(address => uint256) public shares;
    mapping(address => uint256) public claimedIndex;
    uint256 public totalShares;
    uint256 public index;

    event SharesSet(address indexed who, uint256 amount);
    event Paid(address indexed who, uint256 amount);

    receive() external payable {
        require(totalShares > 0, "no holders");
        index += (msg.value * Ratio.ONE) / totalShares;
    }

    function setShares(address who, uint256 amount) external onlyAdmin {
        totalShares = totalShares - shares[who] + amount;
        shares[who] = amount;
        emit SharesSet(who, amount);
    }

    function claimable(address who) public view returns (uint256) {
        return shares[who].mul(index - claimedIndex[who]);
    }

    function claim() external {
        uint256 amount = claimable(msg.sender);
        claimedIndex[msg.sender] = index;
        (bool ok, ) = payable(msg.sender).call{value: amount}("");
        require(ok, "payment failed");
        emit Paid(msg.sender, amount);
    }

    function rescue(address payable to, uint256 amount) external {
        (bool ok, ) = to.call{value: amount}("");
        require(ok, "rescue failed");
    }
}`;
