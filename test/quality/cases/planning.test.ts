import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { DEFECTS } from "./planning/defects.ts";
import { FORMATS } from "./planning/formats.ts";
import { REQUESTS } from "./planning/requests.ts";

describe("plans in every shape", () => holdsForAll(FORMATS));
describe("plans that cannot be carried out", () => holdsForAll(DEFECTS));
describe("plans against their prompts", () => holdsForAll(REQUESTS));
