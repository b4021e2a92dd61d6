import { PARSE_MAX_CHARS } from "../../kit/check.ts";
import { ruleCheck } from "../../kit/rule-check.ts";
import { readBehaviour } from "../solidity/behaviour-reading.ts";
import { evidenceOf } from "../solidity/evidence.ts";
import { readSolidity } from "../solidity/reading.ts";
import { constructorReverts } from "../solidity/rules/constructor-reverts.ts";
import { neverFunded, neverSucceeds } from "../solidity/rules/dead-ends.ts";
import { breaksStandard, incompleteStandard } from "../solidity/rules/standard.ts";
import {
  openMint,
  openToAnyone,
  takesEther,
  takesOver,
  takesTokens,
  unrestricted,
} from "../solidity/rules/trespass.ts";

/** The contracts of the answer do what they must when they are deployed and called. */
export const solidityBehaviour = ruleCheck({
  name: "solidity_behaviour",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 8_000,
  async read(subject) {
    const reading = await readSolidity(subject);
    // What does not compile is told by the check before.
    if (reading?.outcome.state !== "compiled") return null;
    return { input: await readBehaviour(reading) };
  },
  rules: [
    constructorReverts,
    breaksStandard,
    incompleteStandard,
    takesTokens,
    takesOver,
    takesEther,
    openMint,
    openToAnyone,
    unrestricted,
    neverSucceeds,
    neverFunded,
  ],
  conclude(input, findings) {
    const deployed = input.trials.filter((trial) => trial.deployed === null).map(({ contract }) => contract.name);
    return {
      ...(deployed.length === 0 ? {} : { looked: "deploys" }),
      // That a bounded search found no way to call a function speaks against nothing.
      evidence: evidenceOf(
        input,
        findings.filter(({ rule }) => rule !== neverSucceeds.id),
      ),
      measured: {
        deployed,
        standards: input.trials.flatMap(({ standards }) =>
          standards.map(({ standard, behaviours }) => ({
            name: standard.name,
            held: behaviours.filter(({ held }) => held === true).length,
            tried: behaviours.filter(({ held }) => held !== null).length,
          })),
        ),
        ran: input.trials.map(({ contract, ran }) => `${contract.name}: ${ran.size} functions`),
      },
    };
  },
});
