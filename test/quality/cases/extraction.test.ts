import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD } from "./extraction/bad.ts";
import { GOOD, UNCHECKED } from "./extraction/good.ts";
import { FORMS } from "./extraction/forms.ts";
import { DOCUMENTS } from "./extraction/documents.ts";
import { AMOUNTS } from "./extraction/amounts.ts";
import { RECORDS } from "./extraction/records.ts";

describe("the verdict on an extraction", () => {
  holdsForAll([...GOOD, ...UNCHECKED, ...BAD]);
});

describe("the verdict on an extraction, by the form that is asked for", () => holdsForAll(FORMS));
describe("the verdict on an extraction, from documents of many kinds", () => holdsForAll(DOCUMENTS));
describe("the verdict on an extraction of dates, doses and amounts", () => holdsForAll(AMOUNTS));
describe("the verdict on an extraction of records", () => holdsForAll(RECORDS));
