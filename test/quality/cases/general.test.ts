import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD, FINE } from "./general/cases.ts";

describe("the verdict on general prose", () => {
  holdsForAll([...FINE, ...BAD]);
});
