import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { OTHERS as GAS } from "./gas_optimization/others.ts";
import { OTHERS as PLANS } from "./planning/others.ts";
import { OTHERS as AUDITS } from "./semantic_audit/others.ts";
import { OTHERS as SOLIDITY } from "./solidity_codegen/others.ts";
import { OTHERS as PAGES } from "./ui_design/others.ts";

describe("answers by somebody who had not seen the checks", () => {
  holdsForAll([...SOLIDITY, ...GAS, ...PAGES, ...AUDITS, ...PLANS]);
});
