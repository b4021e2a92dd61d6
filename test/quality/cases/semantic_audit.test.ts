import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD } from "./semantic_audit/bad.ts";
import { FALSE_CLAIMS } from "./semantic_audit/false-claims.ts";
import { GOOD } from "./semantic_audit/good.ts";
import { MORE_HANDS } from "./semantic_audit/more-hands.ts";
import { OTHER_HANDS } from "./semantic_audit/other-hands.ts";

describe("semantic_audit: good audits", () => holdsForAll(GOOD));
describe("semantic_audit: bad audits", () => holdsForAll(BAD));
describe("semantic_audit: false claims", () => holdsForAll(FALSE_CLAIMS));
describe("semantic_audit: other authors", () => holdsForAll([...OTHER_HANDS, ...MORE_HANDS]));
