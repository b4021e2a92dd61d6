import { defineRule } from "../../../kit/rule.ts";
import { findingsOf } from "../../security/rules/index.ts";
import { programOf } from "../program.ts";
import type { SolidityReading } from "../reading.ts";

const WEAK_ON_PURPOSE =
  /\b(?:(?:intentionally|deliberately|purposely) (?:vulnerable|insecure|unsafe)|vulnerable (?:contract|version|example)|CTF|exploit|attacker contract|honeypot)\b/i;
const MOST = 4;

/** Whether a request wants code that can be attacked. */
export function isWeakOnPurpose(prose: string): boolean {
  return WEAK_ON_PURPOSE.test(prose);
}

/** What the detectors of weaknesses say, for a person to look at. */
export const weakness = defineRule<SolidityReading>({
  id: "solidity/weakness",
  severity: "serious",
  certainty: "hint",
  docs: {
    summary:
      "A pattern that often is a weakness: a state that is written after ether was sent, a foreseeable random number, a call whose result is dropped, a proof that can be shown again.",
    why: "Read from the code alone it may be meant; where the EVM shows the harm, that is a fact of its own.",
    references: ["https://swcregistry.io/"],
  },
  good: [
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A { uint256 public x; function f() external { x = 1; } }\n```",
    },
  ],
  bad: [
    {
      answer:
        '```solidity\npragma solidity ^0.8.20;\ncontract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; } function take() external { uint256 v = held[msg.sender]; (bool ok, ) = msg.sender.call{value: v}(""); require(ok); held[msg.sender] = 0; } }\n```',
    },
  ],
  run({ outcome, prose }) {
    if (outcome.state !== "compiled" || isWeakOnPurpose(prose)) return [];
    const { compilation, files, own } = outcome.project;
    const program = programOf(
      compilation,
      files.map(({ path }) => path),
    );
    const contracts = program.contracts.filter(({ name }) => own.has(name));
    return findingsOf({ ...program, contracts }, prose)
      .filter(({ weight }) => weight === "certain")
      .slice(0, MOST)
      .map(({ path, line, message }) => ({ message: `${path}:${line}: ${message}` }));
  },
});
