import { editAll as edit, worse } from "../shapes.ts";
import { CROWDSALE, GOVERNOR, STRINGS } from "./more-originals.ts";

const IMM: readonly (readonly [string, string])[] = [
  ["uint256 public rate;", "uint256 public immutable rate;"],
  ["uint256 public cap;", "uint256 public immutable cap;"],
];
const GIMM: readonly (readonly [string, string])[] = [
  ["address public admin;", "address public immutable admin;"],
  ["uint256 public votingPeriod;", "uint256 public immutable votingPeriod;"],
];
const SIMM: readonly (readonly [string, string])[] = [
  ["address public treasury;", "address public immutable treasury;"],
];

/** Another line, another order, a part that is left out. */
export const MORE_CHANGED = [
  worse(
    "gas_same_behaviour",
    "the bonus begins above the threshold",
    CROWDSALE,
    edit(CROWDSALE, [...IMM, ["if (weiAmount >= bonusThreshold) {", "if (weiAmount > bonusThreshold) {"]]),
  ),
  worse(
    "gas_same_behaviour",
    "the bonus is computed in another order",
    CROWDSALE,
    edit(CROWDSALE, [
      ...IMM,
      [
        `        uint256 tokens = weiAmount * rate;
        if (weiAmount >= bonusThreshold) {
            tokens = tokens + tokens / 10;
        }
        return tokens;`,
        `        unchecked {
            return weiAmount >= bonusThreshold ? weiAmount * rate * 11 / 10 : weiAmount * rate;
        }`,
      ],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "closes one second earlier",
    CROWDSALE,
    edit(CROWDSALE, [...IMM, ["block.timestamp <= closingTime;", "block.timestamp < closingTime;"]]),
  ),
  worse(
    "gas_same_behaviour",
    "a buyer is listed each time",
    CROWDSALE,
    edit(CROWDSALE, [
      ...IMM,
      [
        `        if (contributions[msg.sender] == 0) {
            buyers.push(msg.sender);
        }
`,
        `        buyers.push(msg.sender);
`,
      ],
    ]),
  ),
  worse(
    "gas_guards_kept",
    "ties succeed",
    GOVERNOR,
    edit(GOVERNOR, [
      ...GIMM,
      [
        "} else if (proposals[id].forVotes > proposals[id].againstVotes) {",
        "} else if (proposals[id].forVotes >= proposals[id].againstVotes) {",
      ],
    ]),
  ),
  worse(
    "gas_guards_kept",
    "abstentions no longer count for the quorum",
    GOVERNOR,
    edit(GOVERNOR, [
      ...GIMM,
      ["proposals[id].forVotes + proposals[id].abstainVotes < quorum", "proposals[id].forVotes < quorum"],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "votes are weighed as they are cut",
    GOVERNOR,
    edit(GOVERNOR, [...GIMM, ["uint256 weight = power[msg.sender];", "uint256 weight = uint64(power[msg.sender]);"]]),
  ),
  worse(
    "gas_guards_kept",
    "the proposer can no longer cancel",
    GOVERNOR,
    edit(GOVERNOR, [
      ...GIMM,
      [
        `require(proposals[id].proposer == msg.sender || msg.sender == admin, "MiniGovernor: not allowed");`,
        `require(msg.sender == admin, "MiniGovernor: not allowed");`,
      ],
    ]),
  ),
  worse(
    "gas_guards_kept",
    "a third answer is taken",
    GOVERNOR,
    edit(GOVERNOR, [...GIMM, [`        require(support <= 2, "MiniGovernor: bad support");\n`, ""]]),
  ),
  worse(
    "gas_guards_kept",
    "names of two letters",
    STRINGS,
    edit(STRINGS, [...SIMM, ["if (b.length < 3) return false;", "if (b.length < 2) return false;"]]),
  ),
  worse(
    "gas_guards_kept",
    "forgets whom the name was taken from",
    STRINGS,
    edit(STRINGS, [
      ...SIMM,
      [
        `        if (owners[hashOf(name)] != address(0)) {
            namesHeld[owners[hashOf(name)]]--;
        }
`,
        "",
      ],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "renews from now on",
    STRINGS,
    edit(STRINGS, [
      ...SIMM,
      [
        "expiry[hashOf(name)] = expiry[hashOf(name)] + periods * YEAR;",
        "expiry[hashOf(name)] = block.timestamp + periods * YEAR;",
      ],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "sweeps what lies there",
    STRINGS,
    edit(STRINGS, [
      ...SIMM,
      [
        `        uint256 amount = collected;
        collected = 0;
        payable(treasury).transfer(amount);`,
        `        payable(treasury).transfer(collected);`,
      ],
    ]),
  ),
  worse(
    "gas_same_behaviour",
    "hashes with a length",
    STRINGS,
    edit(STRINGS, [...SIMM, ["keccak256(abi.encodePacked(name))", "keccak256(abi.encode(name))"]]),
  ),
];
