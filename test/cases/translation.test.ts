import { holdsForAll } from "./holds.ts";

holdsForAll("translation");
