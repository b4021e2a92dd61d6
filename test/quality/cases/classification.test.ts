import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BAD } from "./classification/bad.ts";
import { GOOD, UNCHECKED } from "./classification/good.ts";
import { FORMS } from "./classification/forms.ts";
import { MESSAGES } from "./classification/messages.ts";
import { CODES } from "./classification/codes.ts";
import { NUMBERS } from "./classification/numbers.ts";

describe("the verdict on a classification", () => {
  holdsForAll([...GOOD, ...UNCHECKED, ...BAD]);
});

describe("the verdict on a classification, by the form that is asked for", () => holdsForAll(FORMS));
describe("the verdict on a classification, of messages", () => holdsForAll(MESSAGES));
describe("the verdict on a classification by codes", () => holdsForAll(CODES));
describe("the verdict on a classification by numbers and lists", () => holdsForAll(NUMBERS));
