/** A vesting contract with packed amounts, to be audited. */
export const VESTING = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.13;

import "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract Vesting {
    struct Schedule {
        uint128 total;
        uint128 claimed;
        uint64 start;
        uint64 duration;
    }

    IERC20 public token;
    address public admin;
    mapping(address => Schedule) public schedules;

    event Claimed(address indexed who, uint256 amount);

    constructor(IERC20 _token) {
        token = _token;
        admin = msg.sender;
    }

    function createSchedule(address who, uint256 total, uint64 duration) external {
        require(msg.sender == admin, "!admin");
        schedules[who] = Schedule(uint128(total), 0, uint64(block.timestamp), duration);
    }

    function vested(address who) public view returns (uint256) {
        Schedule memory s = schedules[who];
        uint256 elapsed = block.timestamp - s.start;
        if (elapsed >= s.duration) return s.total;
        return (s.total * elapsed) / s.duration;
    }

    function claim() external {
        uint256 due = vested(msg.sender) - schedules[msg.sender].claimed;
        token.transfer(msg.sender, due);
        schedules[msg.sender].claimed += uint128(due);
        emit Claimed(msg.sender, due);
    }

    function revoke(address who) external {
        require(msg.sender == admin, "!admin");
        delete schedules[who];
    }
}
`;
