import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD_JAVASCRIPT, BROKEN_OTHERS, GOOD_JAVASCRIPT, NOTATIONS, UNCHECKED } from "./code_generation/javascript.ts";
import { LANGUAGES, NOTATIONS_BAD, NOTATIONS_GOOD } from "./code_generation/notations.ts";
import { MORE_LANGUAGES, TOLD_BAD, TOLD_GOOD } from "./code_generation/told.ts";
import { USAGES } from "./code_generation/usages.ts";
import { CALLS } from "./code_generation/calls.ts";

describe("the verdict on code", () => {
  holdsForAll([...GOOD_JAVASCRIPT, ...BAD_JAVASCRIPT, ...UNCHECKED, ...BROKEN_OTHERS, ...NOTATIONS]);
});

describe("the verdict on code, by examples in many notations", () =>
  holdsForAll([...NOTATIONS_GOOD, ...NOTATIONS_BAD]));
describe("the verdict on code in other languages", () => holdsForAll(LANGUAGES));
describe("the verdict on code, by what the prompt tells", () =>
  holdsForAll([...TOLD_GOOD, ...TOLD_BAD, ...MORE_LANGUAGES]));
describe("the verdict on code, by its usage in the prompt", () => holdsForAll(USAGES));
describe("the verdict on code, by calls of many kinds", () => holdsForAll(CALLS));
