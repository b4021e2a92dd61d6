import { holdsForAll } from "./holds.ts";

holdsForAll("extraction");
