import { holdsForAll } from "./holds.ts";

holdsForAll("planning");
