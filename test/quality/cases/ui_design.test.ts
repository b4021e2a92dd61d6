import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { OTHER_BAD, OTHER_GOOD } from "./ui_design/altered-others.ts";
import { HTML_BAD, HTML_GOOD } from "./ui_design/altered-pages.ts";
import { REACT_BAD, REACT_GOOD } from "./ui_design/altered-react.ts";
import { BAD_ACCESS, BAD_MARKUP, BAD_REQUEST } from "./ui_design/bad.ts";
import { GOOD } from "./ui_design/good.ts";

describe("ui_design: good answers", () => holdsForAll(GOOD));
describe("ui_design: answers that shut somebody out", () => holdsForAll(BAD_ACCESS));
describe("ui_design: answers that are broken", () => holdsForAll(BAD_MARKUP));
describe("ui_design: answers to another request", () => holdsForAll(BAD_REQUEST));
describe("ui_design: pages, and the same with a defect", () => holdsForAll([...HTML_GOOD, ...HTML_BAD]));
describe("ui_design: React components, and the same with a defect", () => holdsForAll([...REACT_GOOD, ...REACT_BAD]));
describe("ui_design: other components, and the same with a defect", () => holdsForAll([...OTHER_GOOD, ...OTHER_BAD]));
