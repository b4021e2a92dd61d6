import { holdsForAll } from "./holds.ts";

holdsForAll("general");
