import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD } from "./gas_optimization/bad.ts";
import { GOOD } from "./gas_optimization/good.ts";

describe("gas optimisation: answers that are verified", () => holdsForAll(GOOD));
describe("gas optimisation: answers that are not", () => holdsForAll(BAD));
