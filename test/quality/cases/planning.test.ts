import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { BOOKS_AND_WARDS } from "./planning/books-and-wards.ts";
import { BROKERS_AND_WEDDINGS } from "./planning/brokers-and-weddings.ts";
import { DEFECTS } from "./planning/defects.ts";
import { FESTIVALS_AND_MERGES } from "./planning/festivals-and-merges.ts";
import { FORMATS } from "./planning/formats.ts";
import { HOOKS_AND_VILLAGES } from "./planning/hooks-and-villages.ts";
import { MOVES_AND_LAUNCHES } from "./planning/moves-and-launches.ts";
import { OFFICES_AND_SHEDS } from "./planning/offices-and-sheds.ts";
import { PILOTS_AND_TRIALS } from "./planning/pilots-and-trials.ts";
import { REQUESTS } from "./planning/requests.ts";

describe("plans in every shape", () => holdsForAll(FORMATS));
describe("plans that cannot be carried out", () => holdsForAll(DEFECTS));
describe("plans against their prompts", () => holdsForAll(REQUESTS));
describe("plans for moves, launches, offices, sheds", () => holdsForAll([...MOVES_AND_LAUNCHES, ...OFFICES_AND_SHEDS]));
describe("plans for brokers, weddings, books, wards", () => holdsForAll([...BROKERS_AND_WEDDINGS, ...BOOKS_AND_WARDS]));
describe("plans for pilots, trials, festivals, merges", () =>
  holdsForAll([...PILOTS_AND_TRIALS, ...FESTIVALS_AND_MERGES, ...HOOKS_AND_VILLAGES]));
