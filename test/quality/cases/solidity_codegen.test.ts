import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BROKEN } from "./solidity_codegen/broken.ts";
import { HOLES } from "./solidity_codegen/holes.ts";
import { ON_LIBRARIES } from "./solidity_codegen/libraries.ts";
import { MANY } from "./solidity_codegen/many.ts";
import { PHRASINGS } from "./solidity_codegen/phrasings.ts";
import { PLAIN } from "./solidity_codegen/plain.ts";

describe("answers on OpenZeppelin", () => holdsForAll(ON_LIBRARIES));
describe("answers that stand alone", () => holdsForAll(PLAIN));
describe("answers that do not compile or lack what was asked for", () => holdsForAll(BROKEN));
describe("answers with a hole", () => holdsForAll(HOLES));
describe("contracts of many kinds", () => holdsForAll(MANY));
describe("requests in other words", () => holdsForAll(PHRASINGS));
