import { PARSE_MAX_CHARS } from "../../kit/check.ts";
import { ruleCheck } from "../../kit/rule-check.ts";
import { readSolidity } from "../solidity/reading.ts";
import { doesNotCompile } from "../solidity/rules/compiles.ts";
import { cutOff } from "../solidity/rules/cut-off.ts";
import { leftOut } from "../solidity/rules/left-out.ts";
import { stub } from "../solidity/rules/stub.ts";
import { weakness } from "../solidity/rules/weakness.ts";

/** The limit of EIP-170. */
const MAX_CODE_BYTES = 24_576;

/** The Solidity of the answer is whole and compiles, with the code that the request gives. */
export const solidity = ruleCheck({
  name: "solidity",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 8_000,
  async read(subject) {
    const reading = await readSolidity(subject);
    return reading === null ? null : { input: reading };
  },
  rules: [doesNotCompile, cutOff, stub, leftOut, weakness],
  conclude({ outcome }) {
    if (outcome.state === "unchecked") return { unmade: outcome.reason };
    if (outcome.state === "none") return { looked: "pieces of code alone, which do not compile by themselves" };
    if (outcome.state === "broken") return {};
    const { compilation, how, skipped } = outcome.project;
    const { contracts, version, library, viaIR, notes } = compilation;
    const sizes = contracts
      .slice(0, 20)
      .map(({ name, deployedBytecode }) => ({ name, bytes: deployedBytecode.length / 2 }));
    const large = sizes.filter(({ bytes }) => bytes > MAX_CODE_BYTES).map(({ name }) => name);
    return {
      looked: large.length === 0 ? how : `${how}; ${large.join(", ")} is above the limit of ${MAX_CODE_BYTES} bytes`,
      measured: {
        compiler: version,
        openzeppelin: library,
        viaIR,
        contracts: sizes,
        notes: [...notes, ...skipped.map((path) => `${path} was not compiled`)].slice(0, 8),
      },
    };
  },
});
