import { defineRule } from "../../../kit/rule.ts";
import type { GasReading } from "../reading.ts";
import { CHEAPER, inPlaceOf, optimised } from "./examples.ts";

const BAND = `pragma solidity ^0.8.24;
contract Band {
    function check(uint256 x) external pure returns (uint256) {
        require(x > 3, "low");
        require(x > 5, "low");
        return x;
    }
}`;

const LOCKED = `pragma solidity ^0.8.24;
interface IAsset { function transferFrom(address from, address to, uint256 amount) external returns (bool); }
contract Pool {
    IAsset private immutable asset;
    bool private locked;
    uint256 public total;
    constructor(IAsset asset_) { asset = asset_; }
    function put(uint256 amount) external {
        require(!locked, "locked");
        locked = true;
        total += amount;
        require(asset.transferFrom(msg.sender, address(this), amount), "refused");
        locked = false;
    }
}`;

export const gasKeptGuards = defineRule<GasReading>({
  id: "gas/kept-guards",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "A condition or an event of the original is gone from the code, or a limit has moved, where no call has come to it.",
    why: "Calls that were made to both show what is enforced by other means; of the rest the code has to speak.",
    references: ["https://swcregistry.io/docs/SWC-123/"],
  },
  good: [optimised(CHEAPER), inPlaceOf(BAND, BAND.replace('        require(x > 3, "low");\n', ""))],
  bad: [inPlaceOf(LOCKED, LOCKED.replace('        require(!locked, "locked");\n        locked = true;\n', ""))],
  run(reading) {
    if (reading.state !== "compared") return [];
    return reading.losses.map(({ contract, signature, message }) => {
      const place = signature === "" ? contract : `${contract}.${signature}`;
      return { message: `${place}: ${message}`, repair: `Keep what the original makes sure of: ${message}` };
    });
  },
});
