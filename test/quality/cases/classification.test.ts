import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD } from "./classification/bad.ts";
import { GOOD, UNCHECKED } from "./classification/good.ts";

describe("the verdict on a classification", () => {
  holdsForAll([...GOOD, ...UNCHECKED, ...BAD]);
});
