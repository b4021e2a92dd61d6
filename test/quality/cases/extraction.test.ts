import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD } from "./extraction/bad.ts";
import { GOOD, UNCHECKED } from "./extraction/good.ts";

describe("the verdict on an extraction", () => {
  holdsForAll([...GOOD, ...UNCHECKED, ...BAD]);
});
