import { editAll as edit, fence, forGas } from "../shapes.ts";
import { VESTING } from "./more-originals.ts";
import { MARKET, MERKLE, PAYROLL, POINTS, POOL } from "./originals.ts";

const POINTS_ERRORS: readonly (readonly [string, string])[] = [
  ["address public owner;", "address public immutable owner;"],
  [
    "    constructor() {",
    `    error NotOwner();\n    error ZeroAddress();\n    error AmountOutOfRange();\n    error AccountBlocked();\n    error InsufficientPoints();\n    error InsufficientAllowance();\n\n    constructor() {`,
  ],
  [
    'require(msg.sender == owner, "LoyaltyPoints: caller is not the owner");',
    "if (msg.sender != owner) revert NotOwner();",
  ],
  [
    'require(to != address(0), "LoyaltyPoints: grant to the zero address");',
    "if (to == address(0)) revert ZeroAddress();",
  ],
  [
    'require(to != address(0), "LoyaltyPoints: move to the zero address");',
    "if (to == address(0)) revert ZeroAddress();",
  ],
  [
    'require(amount > 0 && amount <= MAX_GRANT, "LoyaltyPoints: amount out of range");',
    "if (amount == 0 || amount > MAX_GRANT) revert AmountOutOfRange();",
  ],
  ['require(!blocked[to], "LoyaltyPoints: account is blocked");', "if (blocked[to]) revert AccountBlocked();"],
  [
    'require(!blocked[msg.sender], "LoyaltyPoints: account is blocked");',
    "if (blocked[msg.sender]) revert AccountBlocked();",
  ],
  ['require(!blocked[from], "LoyaltyPoints: account is blocked");', "if (blocked[from]) revert AccountBlocked();"],
  [
    `        require(points[msg.sender] >= amount, "LoyaltyPoints: insufficient points");
        points[msg.sender] = points[msg.sender] - amount;
        points[to] = points[to] + amount;`,
    `        uint256 balance = points[msg.sender];
        if (balance < amount) revert InsufficientPoints();
        unchecked {
            points[msg.sender] = balance - amount;
            // cannot overflow: the sum of all points is totalPoints
            points[to] += amount;
        }`,
  ],
  [
    `        require(allowances[from][msg.sender] >= amount, "LoyaltyPoints: insufficient allowance");
        require(points[from] >= amount, "LoyaltyPoints: insufficient points");
        allowances[from][msg.sender] = allowances[from][msg.sender] - amount;
        points[from] = points[from] - amount;
        points[to] = points[to] + amount;`,
    `        uint256 allowed = allowances[from][msg.sender];
        if (allowed < amount) revert InsufficientAllowance();
        uint256 balance = points[from];
        if (balance < amount) revert InsufficientPoints();
        unchecked {
            allowances[from][msg.sender] = allowed - amount;
            points[from] = balance - amount;
            points[to] += amount;
        }`,
  ],
  [
    `        if (points[account] >= 5000) {
            return 3;
        } else if (points[account] >= 1000) {
            return 2;
        } else if (points[account] >= 100) {
            return 1;
        } else {
            return 0;
        }`,
    `        uint256 p = points[account];
        if (p >= 5000) return 3;
        if (p >= 1000) return 2;
        if (p >= 100) return 1;
        return 0;`,
  ],
];
export const POINTS_BETTER = edit(POINTS, POINTS_ERRORS);

/** Whole contracts made cheaper in the usual ways. */
export const REWRITTEN = forGas([
  {
    name: "custom errors, an immutable owner and cached balances",
    expect: "verified",
    prompt: `Optimize this contract for gas:\n\n${fence(POINTS)}`,
    answer: `Here is the gas-optimized version:\n\n${fence(POINTS_BETTER)}\n\n**What changed**\n\n| Change | Saving |\n|---|---|\n| Custom errors instead of revert strings | ~50 gas/revert + bytecode |\n| \`immutable\` owner | ~2100 gas per owner check |\n| Cached storage reads | ~100 gas each |\n| \`unchecked\` where safe | ~60 gas |`,
  },

  {
    name: "calldata arrays, counters unchecked, one write for a counter",
    expect: "verified",
    prompt: `How can I reduce gas in creditMany and the helper functions? Keep behaviour and ABI identical.\n\n${fence(PAYROLL)}`,
    answer: `Main issues: \`memory\` arrays, a storage write per iteration, \`manager\` in storage.\n\n${fence(
      edit(PAYROLL, [
        ["address public manager;", "address public immutable manager;"],
        [
          "address[] memory people, uint256[] memory amounts) public",
          "address[] calldata people, uint256[] calldata amounts) external",
        ],
        ["uint256[] memory values) public", "uint256[] calldata values) external"],
        [
          `        uint256 total = 0;
        for (uint256 i = 0; i < people.length; i++) {
            require(people[i] != address(0), "zero address");
            credit[people[i]] += amounts[i];
            total = total + amounts[i];
            payments = payments + 1;
            emit Credited(people[i], amounts[i]);
        }
        totalPaid = totalPaid + total;
        emit BatchDone(people.length, total);`,
          `        uint256 length = people.length;
        uint256 total;
        for (uint256 i; i < length; ) {
            address person = people[i];
            uint256 amount = amounts[i];
            require(person != address(0), "zero address");
            credit[person] += amount;
            total += amount;
            emit Credited(person, amount);
            unchecked { ++i; }
        }
        payments += length;
        totalPaid += total;
        emit BatchDone(length, total);`,
        ],
        [
          `            total = total + values[i];
        }`,
          `            total += values[i];
        }`,
        ],
      ]),
    )}`,
  },

  {
    name: "packed state and a storage pointer in a pool",
    expect: "verified",
    prompt: `Gas golf this staking pool without changing behaviour.\n\n${fence(POOL)}`,
    answer: `Optimizations applied: immutables, storage pointer, cached \`accPerShare\`/\`total\`, uint256 lock flag.\n\n${fence(
      edit(POOL, [
        ["IERC20 public token;", "IERC20 public immutable token;"],
        ["address public admin;", "address public immutable admin;"],
        ["bool private locked;", "uint256 private locked = 1;"],
        [
          `        require(!locked, "locked");
        locked = true;
        _;
        locked = false;`,
          `        require(locked == 1, "locked");
        locked = 2;
        _;
        locked = 1;`,
        ],
        [
          `    function _update() internal {
        if (total > 0) {
            accPerShare = accPerShare + (block.timestamp - lastTime) * rate * 1e12 / total;
        }
        lastTime = block.timestamp;
    }`,
          `    function _update() internal {
        uint256 _total = total;
        if (_total != 0) {
            accPerShare += (block.timestamp - lastTime) * rate * 1e12 / _total;
        }
        lastTime = block.timestamp;
    }`,
        ],
        [
          `        accounts[who].pending = accounts[who].pending + accounts[who].amount * (accPerShare - accounts[who].paid) / 1e12;
        accounts[who].paid = accPerShare;`,
          `        Account storage account = accounts[who];
        uint256 acc = accPerShare;
        account.pending += account.amount * (acc - account.paid) / 1e12;
        account.paid = acc;`,
        ],
        [
          `        accounts[msg.sender].amount = accounts[msg.sender].amount + amount;
        total = total + amount;`,
          `        accounts[msg.sender].amount += amount;
        total += amount;`,
        ],
        [
          `        accounts[msg.sender].amount = accounts[msg.sender].amount - amount;
        total = total - amount;`,
          `        unchecked {
            // checked above; total is the sum of all amounts
            accounts[msg.sender].amount -= amount;
            total -= amount;
        }`,
        ],
      ]),
    )}`,
  },

  {
    name: "a struct in a better order, storage references",
    expect: "verified",
    prompt: `Please optimise gas usage. External interface must stay exactly the same.`,
    context: { files: [{ path: "Market.sol", content: MARKET }] },
    answer: `\`\`\`solidity\n// Market.sol\n${edit(MARKET, [
      [
        `        bool active;
        uint256 price;
        address seller;
        uint64 createdAt;
        uint256 quantity;
        bool featured;`,
        `        // slot 0: 20 + 8 + 1 + 1 = 30 bytes
        address seller;
        uint64 createdAt;
        bool active;
        bool featured;
        uint256 price;
        uint256 quantity;`,
      ],
      ["uint256 public feeBps = 250;", "uint256 public constant feeBps = 250;"],
      ["address public feeReceiver;", "address public immutable feeReceiver;"],
      [
        "listings.push(Listing(true, price, msg.sender, uint64(block.timestamp), quantity, false));",
        `listings.push(
            Listing({
                seller: msg.sender,
                createdAt: uint64(block.timestamp),
                active: true,
                featured: false,
                price: price,
                quantity: quantity
            })
        );`,
      ],
      [
        `        require(listings[id].active, "not active");
        require(quantity > 0 && quantity <= listings[id].quantity, "bad quantity");
        uint256 cost = listings[id].price * quantity;`,
        `        Listing storage listing = listings[id];
        require(listing.active, "not active");
        uint256 available = listing.quantity;
        require(quantity != 0 && quantity <= available, "bad quantity");
        uint256 cost = listing.price * quantity;`,
      ],
      [
        `        earnings[feeReceiver] = earnings[feeReceiver] + fee;
        earnings[listings[id].seller] = earnings[listings[id].seller] + cost - fee;
        listings[id].quantity = listings[id].quantity - quantity;
        if (listings[id].quantity == 0) {
            listings[id].active = false;
        }`,
        `        earnings[feeReceiver] += fee;
        earnings[listing.seller] += cost - fee;
        unchecked {
            available -= quantity;
        }
        listing.quantity = available;
        if (available == 0) {
            listing.active = false;
        }`,
      ],
    ])}\n\`\`\``,
  },

  {
    name: "assembly for the pair hash",
    expect: "verified",
    prompt: `Reduce the gas cost of claim():\n\n${fence(MERKLE)}`,
    answer: `Hash pairs in scratch space and read the proof from calldata:\n\n${fence(
      edit(MERKLE, [
        ["bytes32 public root;", "bytes32 public immutable root;"],
        [
          `        if (a < b) {
            return keccak256(abi.encodePacked(a, b));
        } else {
            return keccak256(abi.encodePacked(b, a));
        }`,
          `        return a < b ? _efficientHash(a, b) : _efficientHash(b, a);`,
        ],
        [
          `    function computeRoot(`,
          `    function _efficientHash(bytes32 a, bytes32 b) private pure returns (bytes32 value) {
        assembly ("memory-safe") {
            mstore(0x00, a)
            mstore(0x20, b)
            value := keccak256(0x00, 0x40)
        }
    }

    function computeRoot(`,
        ],
        ["bytes32[] memory proof, bytes32 leaf) public", "bytes32[] calldata proof, bytes32 leaf) public"],
        ["uint256 amount, bytes32[] memory proof) public", "uint256 amount, bytes32[] calldata proof) external"],
        [
          `        for (uint256 i = 0; i < proof.length; i++) {
            node = hashPair(node, proof[i]);
        }`,
          `        uint256 length = proof.length;
        for (uint256 i; i < length; ) {
            node = hashPair(node, proof[i]);
            unchecked { ++i; }
        }`,
        ],
        ["        claims = claims + 1;", "        unchecked { ++claims; }"],
      ]),
    )}\n\nEverything observable stays the same.`,
  },

  {
    name: "immutable schedule in a vesting, cached reads",
    expect: "verified",
    prompt: `Optimise:\n${fence(VESTING)}`,
    answer: fence(
      edit(VESTING, [
        ["address public admin;", "address public immutable admin;"],
        ["uint256 public startTime;", "uint256 public immutable startTime;"],
        ["uint256 public duration;", "uint256 public immutable duration;"],
        ["uint256 public cliff;", "uint256 public immutable cliff;"],
        ["uint256 public penaltyBps = 1000;", "uint256 public constant penaltyBps = 1000;"],
        [
          `        uint256 amount = vested(msg.sender) - claimedAmount[msg.sender];
        require(amount > 0, "nothing to claim");
        claimedAmount[msg.sender] = claimedAmount[msg.sender] + amount;`,
          `        uint256 already = claimedAmount[msg.sender];
        uint256 amount = vested(msg.sender) - already;
        require(amount != 0, "nothing to claim");
        unchecked { claimedAmount[msg.sender] = already + amount; }`,
        ],
      ]),
    ),
  },
]);
