import { fenced } from "../../verify/subject.ts";

/** A vault with a known bug, as callers hand it over. 27 lines. */
export const VAULT = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Vault {
    mapping(address => uint256) public balances;
    address public owner;
    uint256 public fee;

    event Withdrawn(address indexed who, uint256 amount);

    constructor() {
        owner = msg.sender;
    }

    function deposit() external payable {
        balances[msg.sender] += msg.value;
    }

    function withdraw(uint256 amount) external {
        require(balances[msg.sender] >= amount, "balance");
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "send");
        balances[msg.sender] -= amount;
        emit Withdrawn(msg.sender, amount);
    }

    function setFee(uint256 newFee) external {
        fee = newFee;
    }
}`;

export const TOKEN = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @title A capped token
contract CappedToken is ERC20, Ownable {
    uint256 public immutable cap;
    error CapExceeded(uint256 wanted, uint256 cap);

    constructor(uint256 cap_) ERC20("Capped", "CAP") Ownable(msg.sender) {
        cap = cap_;
    }

    function mint(address to, uint256 amount) external onlyOwner {
        if (totalSupply() + amount > cap) revert CapExceeded(totalSupply() + amount, cap);
        _mint(to, amount);
    }

    receive() external payable {}
}`;

/** An answer that a person would call good. */
export const TOKEN_ANSWER = `Here is a capped ERC-20 token with owner-only minting.

${fenced("solidity", TOKEN)}

Usage from another contract:

${fenced("solidity", "token.mint(msg.sender, 100 ether); // ...")}

Compile it with:

${fenced("bash", "forge build")}

The cap is immutable, so it costs no storage read.`;
