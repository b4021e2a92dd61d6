import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD } from "./extraction/bad.ts";
import { GOOD, UNCHECKED } from "./extraction/good.ts";
import { FORMS } from "./extraction/forms.ts";
import { DOCUMENTS } from "./extraction/documents.ts";

describe("the verdict on an extraction", () => {
  holdsForAll([...GOOD, ...UNCHECKED, ...BAD]);
});

describe("the verdict on an extraction, by the form that is asked for", () => holdsForAll(FORMS));
describe("the verdict on an extraction, from documents of many kinds", () => holdsForAll(DOCUMENTS));
