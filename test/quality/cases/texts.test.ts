import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { OTHERS } from "./texts/others.ts";

describe("the verdict on answers about texts", () => {
  holdsForAll(OTHERS);
});
