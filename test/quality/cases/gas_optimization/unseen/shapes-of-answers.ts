import { fence, forGas } from "../shapes.ts";
import { VESTING } from "./more-originals.ts";
import { PAYROLL } from "./originals.ts";

/** Parts, a diff, another layout, a library, a contract on OpenZeppelin. */
export const SHAPES_OF_ANSWERS = forGas([
  {
    name: "only the changed functions are given",
    expect: "verified",
    prompt: `Which gas optimizations would you make here? Show only the changed code.\n\n${fence(PAYROLL)}`,
    answer: `1. Take the arrays as \`calldata\` and lift the storage write out of the loop:

${fence(`    function creditMany(address[] calldata people, uint256[] calldata amounts) public {
        require(msg.sender == manager, "only manager");
        uint256 n = people.length;
        require(n == amounts.length, "length mismatch");
        uint256 total = 0;
        for (uint256 i = 0; i < n; ++i) {
            require(people[i] != address(0), "zero address");
            credit[people[i]] += amounts[i];
            total += amounts[i];
            emit Credited(people[i], amounts[i]);
        }
        payments += n;
        totalPaid += total;
        emit BatchDone(n, total);
    }`)}

2. The same for \`sum\`:

${fence(`    function sum(uint256[] calldata values) public pure returns (uint256 total) {
        uint256 n = values.length;
        for (uint256 i = 0; i < n; ++i) {
            total += values[i];
        }
    }`)}

3. \`manager\` never changes:

${fence(`    address public immutable manager;`)}`,
  },

  {
    name: "the answer is a unified diff",
    expect: "verified",
    prompt: `Give me a patch that cuts gas:\n\n${fence(VESTING)}`,
    answer: `\`\`\`diff
--- a/TeamVesting.sol
+++ b/TeamVesting.sol
@@
 contract TeamVesting {
-    address public admin;
-    uint256 public startTime;
-    uint256 public duration;
-    uint256 public cliff;
+    address public immutable admin;
+    uint256 public immutable startTime;
+    uint256 public immutable duration;
+    uint256 public immutable cliff;
     uint256 public totalAllocated;
-    uint256 public penaltyBps = 1000;
+    uint256 public constant penaltyBps = 1000;
@@
     function claim() external returns (uint256) {
-        uint256 amount = vested(msg.sender) - claimedAmount[msg.sender];
+        uint256 already = claimedAmount[msg.sender];
+        uint256 amount = vested(msg.sender) - already;
         require(amount > 0, "nothing to claim");
-        claimedAmount[msg.sender] = claimedAmount[msg.sender] + amount;
+        claimedAmount[msg.sender] = already + amount;
         emit Claimed(msg.sender, amount);
         return amount;
     }
\`\`\`

Immutables save ~2,100 gas per cold read.`,
  },

  {
    name: "a bitmap in place of a map of flags",
    expect: "verified",
    prompt: `Make this cheaper. Nobody reads storage directly, so you may change the private layout.\n\n${fence(`// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Tickets {
    address public issuer;
    mapping(uint256 => bool) private used;
    uint256 public redeemed;

    event Redeemed(uint256 indexed id, address indexed by);

    constructor() {
        issuer = msg.sender;
    }

    function isUsed(uint256 id) public view returns (bool) {
        return used[id];
    }

    function redeem(uint256 id) external {
        require(!used[id], "used");
        used[id] = true;
        redeemed = redeemed + 1;
        emit Redeemed(id, msg.sender);
    }

    function reissue(uint256 id) external {
        require(msg.sender == issuer, "not issuer");
        require(used[id], "not used");
        used[id] = false;
    }
}`)}`,
    answer: `${fence(`// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Tickets {
    address public immutable issuer;
    /// @dev 256 tickets per slot
    mapping(uint256 => uint256) private usedBitmap;
    uint256 public redeemed;

    event Redeemed(uint256 indexed id, address indexed by);

    error Used();
    error NotUsed();
    error NotIssuer();

    constructor() {
        issuer = msg.sender;
    }

    function isUsed(uint256 id) public view returns (bool) {
        return (usedBitmap[id >> 8] >> (id & 0xff)) & 1 == 1;
    }

    function redeem(uint256 id) external {
        uint256 mask = 1 << (id & 0xff);
        uint256 word = usedBitmap[id >> 8];
        if (word & mask != 0) revert Used();
        usedBitmap[id >> 8] = word | mask;
        unchecked { ++redeemed; }
        emit Redeemed(id, msg.sender);
    }

    function reissue(uint256 id) external {
        if (msg.sender != issuer) revert NotIssuer();
        uint256 mask = 1 << (id & 0xff);
        uint256 word = usedBitmap[id >> 8];
        if (word & mask == 0) revert NotUsed();
        usedBitmap[id >> 8] = word & ~mask;
    }
}`)}

The first redemption in each word still costs 22k, the other 255 only 5k.`,
  },

  {
    name: "an original on OpenZeppelin",
    expect: "verified",
    prompt: `Optimise for gas, keep it OZ based:\n\n${fence(`// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import "@openzeppelin/contracts/access/Ownable.sol";

contract Rebate is ERC20, Ownable {
    uint256 public rebateBps;
    address[] public partners;
    mapping(address => bool) public isPartner;

    event PartnerAdded(address partner);

    constructor(uint256 bps) ERC20("Rebate", "RBT") Ownable(msg.sender) {
        rebateBps = bps;
    }

    function addPartners(address[] memory list) public onlyOwner {
        for (uint i = 0; i < list.length; i++) {
            require(list[i] != address(0), "zero partner");
            require(!isPartner[list[i]], "already partner");
            isPartner[list[i]] = true;
            partners.push(list[i]);
            emit PartnerAdded(list[i]);
        }
    }

    function reward(uint256 spent) public onlyOwner {
        for (uint i = 0; i < partners.length; i++) {
            _mint(partners[i], spent * rebateBps / 10000);
        }
    }
}`)}`,
    answer: fence(`// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract Rebate is ERC20, Ownable {
    uint256 public immutable rebateBps;
    address[] public partners;
    mapping(address => bool) public isPartner;

    event PartnerAdded(address partner);

    error ZeroPartner();
    error AlreadyPartner();

    constructor(uint256 bps) ERC20("Rebate", "RBT") Ownable(msg.sender) {
        rebateBps = bps;
    }

    function addPartners(address[] calldata list) external onlyOwner {
        uint256 length = list.length;
        for (uint256 i; i < length; ) {
            address partner = list[i];
            if (partner == address(0)) revert ZeroPartner();
            if (isPartner[partner]) revert AlreadyPartner();
            isPartner[partner] = true;
            partners.push(partner);
            emit PartnerAdded(partner);
            unchecked { ++i; }
        }
    }

    function reward(uint256 spent) external onlyOwner {
        uint256 length = partners.length;
        if (length == 0) return;
        uint256 amount = spent * rebateBps / 10_000;
        for (uint256 i; i < length; ) {
            _mint(partners[i], amount);
            unchecked { ++i; }
        }
    }
}`),
  },

  {
    name: "a library of internal functions",
    expect: "verified",
    prompt: `Make this library cheaper:\n\n${fence(`// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

library ArrayMath {
    function sum(uint256[] memory xs) internal pure returns (uint256) {
        uint256 total = 0;
        for (uint256 i = 0; i < xs.length; i++) {
            total = total + xs[i];
        }
        return total;
    }

    function min(uint256 a, uint256 b) internal pure returns (uint256) {
        if (a < b) {
            return a;
        }
        return b;
    }

    function contains(address[] memory xs, address x) internal pure returns (bool) {
        bool found = false;
        for (uint256 i = 0; i < xs.length; i++) {
            if (xs[i] == x) {
                found = true;
            }
        }
        return found;
    }
}`)}`,
    answer: fence(`// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

library ArrayMath {
    function sum(uint256[] memory xs) internal pure returns (uint256 total) {
        uint256 length = xs.length;
        for (uint256 i; i < length; ) {
            total += xs[i];
            unchecked { ++i; }
        }
    }

    function min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }

    function contains(address[] memory xs, address x) internal pure returns (bool) {
        uint256 length = xs.length;
        for (uint256 i; i < length; ) {
            if (xs[i] == x) return true;
            unchecked { ++i; }
        }
        return false;
    }
}`),
  },

  {
    name: "swap and pop, after the user allows any order",
    expect: "verified",
    prompt: `Optimise the whitelist below. remove() may use any approach.\n\n${fence(`// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Whitelist {
    address public owner;
    mapping(address => bool) public allowed;
    uint256 public size;
    uint256 public limit = 100;

    event Added(address indexed who);
    event Removed(address indexed who);

    constructor() { owner = msg.sender; }

    modifier onlyOwner() { require(msg.sender == owner, "Only the owner may call this function"); _; }

    function add(address who) public onlyOwner {
        require(size < limit, "The whitelist has reached its limit");
        require(!allowed[who], "This address is already on the whitelist");
        allowed[who] = true;
        size++;
        emit Added(who);
    }

    function remove(address who) public onlyOwner {
        require(allowed[who] == true, "This address is not on the whitelist");
        allowed[who] = false;
        size--;
        emit Removed(who);
    }

    function check(address[] memory who) public view returns (bool[] memory out) {
        out = new bool[](who.length);
        for (uint256 i = 0; i < who.length; i++) {
            if (allowed[who[i]] == true) { out[i] = true; } else { out[i] = false; }
        }
    }
}`)}`,
    answer: `### Optimized contract

${fence(`// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Whitelist {
    error NotOwner();
    error LimitReached();
    error AlreadyAllowed();
    error NotAllowed();

    address public immutable owner;
    mapping(address => bool) public allowed;
    uint256 public size;
    uint256 public constant limit = 100;

    event Added(address indexed who);
    event Removed(address indexed who);

    constructor() {
        owner = msg.sender;
    }

    modifier onlyOwner() {
        _onlyOwner();
        _;
    }

    function _onlyOwner() private view {
        if (msg.sender != owner) revert NotOwner();
    }

    function add(address who) external onlyOwner {
        uint256 count = size;
        if (count >= limit) revert LimitReached();
        if (allowed[who]) revert AlreadyAllowed();
        allowed[who] = true;
        unchecked { size = count + 1; }
        emit Added(who);
    }

    function remove(address who) external onlyOwner {
        if (!allowed[who]) revert NotAllowed();
        delete allowed[who];
        unchecked { --size; }
        emit Removed(who);
    }

    function check(address[] calldata who) external view returns (bool[] memory out) {
        uint256 n = who.length;
        out = new bool[](n);
        for (uint256 i; i < n; ++i) {
            out[i] = allowed[who[i]];
        }
    }
}`)}`,
  },
]);
