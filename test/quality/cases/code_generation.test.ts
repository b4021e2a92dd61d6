import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD_JAVASCRIPT, BROKEN_OTHERS, GOOD_JAVASCRIPT, NOTATIONS, UNCHECKED } from "./code_generation/javascript.ts";

describe("the verdict on code", () => {
  holdsForAll([...GOOD_JAVASCRIPT, ...BAD_JAVASCRIPT, ...UNCHECKED, ...BROKEN_OTHERS, ...NOTATIONS]);
});
