import { defineRule } from "../../../kit/rule.ts";
import type { GasReading } from "../reading.ts";
import { CHEAPER, inPlaceOf, optimised } from "./examples.ts";

const RING = `pragma solidity ^0.8.24;
contract Bell {
    uint256 private rings;
    function ring(uint256 times) external payable {
        require(msg.value == 1 ether, "wrong value");
        for (uint256 i = 0; i < times; i++) rings += 2;
    }
}`;

const CACHED = RING.replace(
  "for (uint256 i = 0; i < times; i++) rings += 2;",
  "uint256 sum = rings;\n        for (uint256 i = 0; i < times; ++i) sum += 2;\n        rings = sum;",
);

export const gasBehaviour = defineRule<GasReading>({
  id: "gas/behaviour",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The original and the answer differ when the same calls are made to both in an EVM.",
    why: "An optimisation changes the cost and nothing else: results, events, calls, balances, and what is kept in storage.",
    references: ["https://ethereum.github.io/yellowpaper/paper.pdf"],
  },
  good: [
    optimised(CHEAPER),
    // A reason may become an error, and what is private may be packed or renamed.
    optimised(
      CHEAPER,
      ['require(amount > 0, "nothing");', "if (amount == 0) revert Nothing();"],
      ["event Paid", "error Nothing();\n    event Paid"],
    ),
    inPlaceOf(RING, CACHED),
  ],
  bad: [
    optimised(CHEAPER, ["total += amount;", "unchecked { total += amount; }"]),
    optimised(CHEAPER, ["        emit Paid(msg.sender, amount);\n", ""]),
    // Variables that no function returns are compared in storage.
    inPlaceOf(RING, CACHED.replace("uint256 sum = rings;", "uint256 sum;")),
    // A revert whose data no caller can read, and one that burns all gas.
    inPlaceOf(
      RING,
      CACHED.replace(
        'require(msg.value == 1 ether, "wrong value");',
        'assembly { if iszero(eq(callvalue(), 1000000000000000000)) { mstore(0, "wrong value") revert(0, 32) } }',
      ),
    ),
    inPlaceOf(
      RING,
      CACHED.replace(
        'require(msg.value == 1 ether, "wrong value");',
        'assembly { if iszero(eq(callvalue(), 1000000000000000000)) { revert(0, "wrong value") } }',
      ),
    ),
  ],
  run(reading) {
    if (reading.state !== "compared" || reading.divergence === null) return [];
    const { contract, signature, difference, steps } = reading.divergence;
    const list = steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
    return [
      {
        message: `${contract}.${signature} behaves differently: ${difference}, after ${steps.at(-1) ?? ""}`,
        repair: `${contract} no longer behaves as the original. In this sequence of calls\n${list}\n${difference}.`,
      },
    ];
  },
});
