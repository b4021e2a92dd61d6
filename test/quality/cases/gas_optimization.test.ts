import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD } from "./gas_optimization/bad.ts";
import { GOOD } from "./gas_optimization/good.ts";
import { CHANGED } from "./gas_optimization/unseen/changed.ts";
import { MORE_CHANGED } from "./gas_optimization/unseen/more-changed.ts";
import { MORE_REWRITTEN } from "./gas_optimization/unseen/more-rewritten.ts";
import { MORE_SHAPES } from "./gas_optimization/unseen/more-shapes.ts";
import { REWRITTEN } from "./gas_optimization/unseen/rewritten.ts";
import { SHAPES_OF_ANSWERS } from "./gas_optimization/unseen/shapes-of-answers.ts";

describe("gas optimisation: answers that are verified", () => holdsForAll(GOOD));
describe("gas optimisation: answers that are not", () => holdsForAll(BAD));
describe("gas optimisation: good answers written before the rules that judge them", () =>
  holdsForAll([...REWRITTEN, ...SHAPES_OF_ANSWERS, ...MORE_REWRITTEN, ...MORE_SHAPES]));
describe("gas optimisation: bad answers written before the rules that judge them", () =>
  holdsForAll([...CHANGED, ...MORE_CHANGED]));
