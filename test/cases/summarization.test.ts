import { holdsForAll } from "./holds.ts";

holdsForAll("summarization");
