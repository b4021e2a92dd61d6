import { holdsForAll } from "./holds.ts";

holdsForAll("classification");
