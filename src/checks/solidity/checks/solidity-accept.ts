import { PARSE_MAX_CHARS, type Check } from "../../kit/check.ts";
import { acceptContract } from "../solidity/accept/contract.ts";
import { acceptTest } from "../solidity/accept/test-contract.ts";

/** The caller's criteria of contracts: what an ABI has, and tests that are run in an EVM. */
export const acceptSolidity: Check = {
  name: "accept_solidity",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 6_000,
  async run(subject) {
    const { criterion } = subject;
    if (criterion?.kind === "contract") return acceptContract(criterion, subject);
    return criterion?.kind === "solidity_test" ? acceptTest(criterion, subject) : null;
  },
};
