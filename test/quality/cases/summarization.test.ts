import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD, FINE } from "./summarization/cases.ts";

describe("the verdict on a summarization", () => {
  holdsForAll([...FINE, ...BAD]);
});
