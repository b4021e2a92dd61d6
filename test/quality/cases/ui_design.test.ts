import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD_ACCESS, BAD_MARKUP, BAD_REQUEST } from "./ui_design/bad.ts";
import { GOOD } from "./ui_design/good.ts";

describe("ui_design: good answers", () => holdsForAll(GOOD));
describe("ui_design: answers that shut somebody out", () => holdsForAll(BAD_ACCESS));
describe("ui_design: answers that are broken", () => holdsForAll(BAD_MARKUP));
describe("ui_design: answers to another request", () => holdsForAll(BAD_REQUEST));
