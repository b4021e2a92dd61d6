import { editAll as edit, worse } from "../shapes.ts";
import { VESTING } from "./more-originals.ts";
import { MARKET, MERKLE, PAYROLL, POINTS, POOL } from "./originals.ts";
import { POINTS_BETTER } from "./rewritten.ts";

const IMM: readonly [string, string] = ["address public admin;", "address public immutable admin;"];

/** What looks cheaper and is something else. */
export const CHANGED = [
  worse(
    "gas_guards_kept",
    "a tier that begins one later",
    POINTS,
    edit(POINTS_BETTER, [["if (p >= 1000) return 2;", "if (p > 1000) return 2;"]]),
  ),
  worse(
    "gas_same_behaviour",
    "skips the last of the values",
    PAYROLL,
    edit(PAYROLL, [
      ["uint256[] memory values) public", "uint256[] calldata values) external"],
      ["address public manager;", "address public immutable manager;"],
      [
        `        uint256 best = 0;
        for (uint256 i = 0; i < values.length; i++) {`,
        `        uint256 best = 0;
        uint256 last = values.length == 0 ? 0 : values.length - 1;
        for (uint256 i = 0; i < last; ++i) {`,
      ],
    ]),
  ),
  worse(
    "gas_guards_kept",
    "no event when the listing is cancelled",
    MARKET,
    edit(MARKET, [
      ["address public feeReceiver;", "address public immutable feeReceiver;"],
      [
        `        listings[id].active = false;
        emit Cancelled(id);`,
        `        listings[id].active = false;`,
      ],
    ]),
  ),
  worse(
    "gas_guards_kept",
    "no longer looks whether the receiver is blocked",
    POINTS,
    edit(POINTS_BETTER, [["        if (blocked[to]) revert AccountBlocked();\n", ""]]),
  ),
  worse(
    "gas_same_behaviour",
    "rounds the penalty down",
    VESTING,
    edit(VESTING, [IMM, ["return (amount * penaltyBps + 9999) / 10000;", "return amount * penaltyBps / 10000;"]]),
  ),
  worse(
    "gas_same_interface",
    "a getter that is gone",
    VESTING,
    edit(VESTING, [IMM, ["uint256 public totalAllocated;", "uint256 private totalAllocated;"]]),
  ),
  worse(
    "gas_guards_kept",
    "an allowance without end",
    POINTS,
    edit(POINTS_BETTER, [
      [
        `            allowances[from][msg.sender] = allowed - amount;
            points[from]`,
        `            if (allowed != type(uint256).max) allowances[from][msg.sender] = allowed - amount;
            points[from]`,
      ],
    ]),
  ),
  worse(
    "gas_saved",
    "dearer than before",
    PAYROLL,
    edit(PAYROLL, [
      [
        `            total = total + amounts[i];
            payments = payments + 1;`,
        `            total = total + amounts[i];
            payments = payments + 1;
            totalPaid = totalPaid + amounts[i];`,
      ],
      ["        totalPaid = totalPaid + total;\n", ""],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "cuts amounts to 128 bits",
    POOL,
    edit(POOL, [
      IMM,
      [
        `        uint256 amount;
        uint256 paid;
        uint256 pending;`,
        `        uint128 amount;
        uint128 pending;
        uint256 paid;`,
      ],
      [
        "    mapping(address => Account) public accounts;",
        `    mapping(address => Account) internal _accounts;

    function accounts(address who) external view returns (uint256 amount, uint256 paid, uint256 pending) {
        Account storage a = _accounts[who];
        return (a.amount, a.paid, a.pending);
    }`,
      ],
      [
        "        accounts[who].pending = accounts[who].pending + accounts[who].amount * (accPerShare - accounts[who].paid) / 1e12;\n        accounts[who].paid = accPerShare;",
        "        Account storage a = _accounts[who];\n        a.pending = uint128(a.pending + a.amount * (accPerShare - a.paid) / 1e12);\n        a.paid = accPerShare;",
      ],
      [
        "accounts[msg.sender].amount = accounts[msg.sender].amount + amount;",
        "_accounts[msg.sender].amount += uint128(amount);",
      ],
      [
        "accounts[msg.sender].amount = accounts[msg.sender].amount - amount;",
        "_accounts[msg.sender].amount -= uint128(amount);",
      ],
      ["require(accounts[msg.sender].amount >= amount", "require(_accounts[msg.sender].amount >= amount"],
      [
        "uint256 amount = accounts[msg.sender].pending;\n        accounts[msg.sender].pending = 0;",
        "uint256 amount = _accounts[msg.sender].pending;\n        _accounts[msg.sender].pending = 0;",
      ],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "adds caller's numbers unchecked",
    PAYROLL,
    edit(PAYROLL, [
      ["address public manager;", "address public immutable manager;"],
      [
        "uint256[] memory values) public pure returns (uint256) {\n        uint256 total = 0;\n        for (uint256 i = 0; i < values.length; i++) {\n            total = total + values[i];\n        }\n        return total;",
        "uint256[] calldata values) external pure returns (uint256 total) {\n        unchecked {\n            for (uint256 i; i < values.length; ++i) {\n                total += values[i];\n            }\n        }",
      ],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "another order of the featured ones",
    MARKET,
    edit(MARKET, [
      ["address public feeReceiver;", "address public immutable feeReceiver;"],
      [
        `                for (uint256 j = i; j < featuredIds.length - 1; j++) {
                    featuredIds[j] = featuredIds[j + 1];
                }
                featuredIds.pop();`,
        `                featuredIds[i] = featuredIds[featuredIds.length - 1];
                featuredIds.pop();`,
      ],
    ]),
  ),
  worse(
    "gas_guards_kept",
    "the lock is gone",
    POOL,
    edit(POOL, [
      IMM,
      ["IERC20 public token;", "IERC20 public immutable token;"],
      [
        `    modifier lock() {
        require(!locked, "locked");
        locked = true;
        _;
        locked = false;
    }

`,
        "",
      ],
      ["    bool private locked;\n", ""],
      [" external lock", " external"],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "changes a copy in memory",
    MARKET,
    edit(MARKET, [
      ["address public feeReceiver;", "address public immutable feeReceiver;"],
      [
        `        require(listings[id].seller == msg.sender, "not seller");
        require(listings[id].active, "not active");
        listings[id].active = false;
        emit Cancelled(id);`,
        `        Listing memory listing = listings[id];
        require(listing.seller == msg.sender, "not seller");
        require(listing.active, "not active");
        listing.active = false;
        emit Cancelled(id);`,
      ],
    ]),
  ),
  worse(
    "gas_saved",
    "nothing but comments",
    VESTING,
    edit(VESTING, [
      ["contract TeamVesting {", "/// @notice Gas optimized vesting\ncontract TeamVesting {\n    // packed"],
    ]),
  ),
  worse(
    "gas_compiles",
    "does not compile",
    MERKLE,
    edit(MERKLE, [
      ["bytes32 public root;", "bytes32 public immutable root;"],
      ["bytes32[] memory proof, bytes32 leaf) public", "bytes32[] calldata proof, bytes32 leaf) public"],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "open one second longer",
    VESTING,
    edit(VESTING, [
      IMM,
      ["block.timestamp >= startTime + duration", "block.timestamp > startTime + duration"],
      ["if (block.timestamp < startTime + cliff)", "if (block.timestamp <= startTime + cliff)"],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "leaves of another encoding",
    MERKLE,
    edit(MERKLE, [
      ["bytes32 public root;", "bytes32 public immutable root;"],
      [
        "return keccak256(abi.encodePacked(who, amount));",
        `bytes32 leaf;
        assembly {
            mstore(0x00, who)
            mstore(0x20, amount)
            leaf := keccak256(0x00, 0x40)
        }
        return leaf;`,
      ],
    ]),
  ),
];
