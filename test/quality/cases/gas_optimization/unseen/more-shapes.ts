import { fence, forGas } from "../shapes.ts";

const H = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n\n";

/** A library of numbers, a registry that no longer searches, packed slots. */
export const MORE_SHAPES = forGas([
  {
    name: "a fixed-point library",
    expect: "verified",
    prompt: `Can this be cheaper?\n\n${fence(`${H}library Wad {
    uint256 internal constant WAD = 1e18;

    function mulDown(uint256 a, uint256 b) internal pure returns (uint256) {
        require(b == 0 || a <= type(uint256).max / b, "overflow");
        return a * b / WAD;
    }

    function clamp(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
        require(low <= high, "bad range");
        if (x < low) { return low; }
        if (x > high) { return high; }
        return x;
    }

    function average(uint256[] memory xs) internal pure returns (uint256) {
        require(xs.length > 0, "empty");
        uint256 total = 0;
        for (uint256 i = 0; i < xs.length; i++) { total = total + xs[i]; }
        return total / xs.length;
    }
}`)}`,
    answer: fence(`${H}library Wad {
    uint256 internal constant WAD = 1e18;

    error Empty();
    error BadRange();

    function mulDown(uint256 a, uint256 b) internal pure returns (uint256) {
        // checked arithmetic already reverts on overflow
        return a * b / WAD;
    }

    function clamp(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
        if (low > high) revert BadRange();
        if (x < low) return low;
        return x > high ? high : x;
    }

    function average(uint256[] memory xs) internal pure returns (uint256) {
        uint256 length = xs.length;
        if (length == 0) revert Empty();
        uint256 total;
        for (uint256 i; i < length; ) {
            total += xs[i];
            unchecked { ++i; }
        }
        return total / length;
    }
}`),
  },
  {
    name: "early exits and short circuits in a registry",
    expect: "verified",
    prompt: `Reduce deployment and runtime gas.\n\n${fence(`${H}contract Registry {
    address public curator;
    address[] public entries;
    mapping(address => uint256) public indexOf;
    mapping(address => string) public noteOf;

    event Added(address indexed who, string note);
    event Removed(address indexed who);

    modifier onlyCurator() {
        require(msg.sender == curator, "Registry: only the curator may call this");
        _;
    }

    constructor() { curator = msg.sender; }

    function has(address who) public view returns (bool) {
        bool found = false;
        for (uint256 i = 0; i < entries.length; i++) {
            if (entries[i] == who) { found = true; }
        }
        return found;
    }

    function add(address who, string memory note) public onlyCurator {
        require(who != address(0), "Registry: zero address");
        require(has(who) == false, "Registry: already present");
        entries.push(who);
        indexOf[who] = entries.length;
        noteOf[who] = note;
        emit Added(who, note);
    }

    function remove(address who) public onlyCurator {
        require(has(who) == true, "Registry: not present");
        uint256 index = indexOf[who];
        address last = entries[entries.length - 1];
        entries[index - 1] = last;
        indexOf[last] = index;
        entries.pop();
        delete indexOf[who];
        delete noteOf[who];
        emit Removed(who);
    }

    function handOver(address next) public onlyCurator {
        require(next != address(0), "Registry: zero address");
        curator = next;
    }

    function count() public view returns (uint256) { return entries.length; }
}`)}`,
    answer: `\`has\` is O(n) although \`indexOf\` already knows the answer:\n\n${fence(`${H}contract Registry {
    error OnlyCurator();
    error ZeroAddress();
    error AlreadyPresent();
    error NotPresent();

    address public curator;
    address[] public entries;
    mapping(address => uint256) public indexOf;
    mapping(address => string) public noteOf;

    event Added(address indexed who, string note);
    event Removed(address indexed who);

    modifier onlyCurator() {
        if (msg.sender != curator) revert OnlyCurator();
        _;
    }

    constructor() { curator = msg.sender; }

    function has(address who) public view returns (bool) {
        return indexOf[who] != 0;
    }

    function add(address who, string calldata note) external onlyCurator {
        if (who == address(0)) revert ZeroAddress();
        if (indexOf[who] != 0) revert AlreadyPresent();
        entries.push(who);
        indexOf[who] = entries.length;
        noteOf[who] = note;
        emit Added(who, note);
    }

    function remove(address who) external onlyCurator {
        uint256 index = indexOf[who];
        if (index == 0) revert NotPresent();
        uint256 length = entries.length;
        if (index != length) {
            address last = entries[length - 1];
            entries[index - 1] = last;
            indexOf[last] = index;
        }
        entries.pop();
        delete indexOf[who];
        delete noteOf[who];
        emit Removed(who);
    }

    function handOver(address next) external onlyCurator {
        if (next == address(0)) revert ZeroAddress();
        curator = next;
    }

    function count() external view returns (uint256) { return entries.length; }
}`)}`,
  },
  {
    name: "packed slots behind the same getters",
    expect: "verified",
    prompt: `Pack storage if possible without changing the external interface:\n\n${fence(`${H}contract Lock {
    address public owner;
    bool public paused;
    uint64 public openedAt;
    uint256 public opens;
    bool public closed;
    mapping(address => uint256) public visits;

    event Opened(address indexed by, uint64 at);

    constructor() { owner = msg.sender; }

    function pause(bool value) external {
        require(msg.sender == owner, "owner");
        paused = value;
    }

    function open() external {
        require(!paused, "paused");
        require(!closed, "closed");
        openedAt = uint64(block.timestamp);
        opens = opens + 1;
        visits[msg.sender] = visits[msg.sender] + 1;
        emit Opened(msg.sender, uint64(block.timestamp));
    }

    function close() external {
        require(msg.sender == owner, "owner");
        closed = true;
    }
}`)}`,
    answer: fence(`${H}contract Lock {
    error NotOwner();
    error IsPaused();
    error IsClosed();

    address public immutable owner;
    // one slot: 8 + 1 + 1 bytes
    uint64 public openedAt;
    bool public paused;
    bool public closed;
    uint256 public opens;
    mapping(address => uint256) public visits;

    event Opened(address indexed by, uint64 at);

    constructor() { owner = msg.sender; }

    function pause(bool value) external {
        if (msg.sender != owner) revert NotOwner();
        paused = value;
    }

    function open() external {
        if (paused) revert IsPaused();
        if (closed) revert IsClosed();
        openedAt = uint64(block.timestamp);
        unchecked {
            ++opens;
            ++visits[msg.sender];
        }
        emit Opened(msg.sender, uint64(block.timestamp));
    }

    function close() external {
        if (msg.sender != owner) revert NotOwner();
        closed = true;
    }
}`),
  },
]);
