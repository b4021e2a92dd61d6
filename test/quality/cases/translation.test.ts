import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD, FINE } from "./translation/cases.ts";

describe("the verdict on a translation", () => {
  holdsForAll([...FINE, ...BAD]);
});
