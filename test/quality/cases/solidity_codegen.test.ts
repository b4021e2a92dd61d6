import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BROKEN } from "./solidity_codegen/broken.ts";
import { HOLES } from "./solidity_codegen/holes.ts";
import { ON_LIBRARIES } from "./solidity_codegen/libraries.ts";
import { MANY } from "./solidity_codegen/many.ts";
import { PHRASINGS } from "./solidity_codegen/phrasings.ts";
import { PLAIN } from "./solidity_codegen/plain.ts";
import { DEALS } from "./solidity_codegen/unseen/deals.ts";
import { KEEPERS } from "./solidity_codegen/unseen/keepers.ts";
import { MISSING_BOOKS } from "./solidity_codegen/unseen/missing-books.ts";
import { MISSING_PARTS } from "./solidity_codegen/unseen/missing-parts.ts";
import { SERVICES } from "./solidity_codegen/unseen/services.ts";
import { TOKENS } from "./solidity_codegen/unseen/tokens.ts";
import { WRONG_RULES } from "./solidity_codegen/unseen/wrong-rules.ts";

describe("answers on OpenZeppelin", () => holdsForAll(ON_LIBRARIES));
describe("answers that stand alone", () => holdsForAll(PLAIN));
describe("answers that do not compile or lack what was asked for", () => holdsForAll(BROKEN));
describe("answers with a hole", () => holdsForAll(HOLES));
describe("contracts of many kinds", () => holdsForAll(MANY));
describe("requests in other words", () => holdsForAll(PHRASINGS));
describe("answers written before the rules that judge them: good ones", () =>
  holdsForAll([...TOKENS, ...KEEPERS, ...DEALS, ...SERVICES]));
describe("answers written before the rules that judge them: bad ones", () =>
  holdsForAll([...WRONG_RULES, ...MISSING_BOOKS, ...MISSING_PARTS]));
