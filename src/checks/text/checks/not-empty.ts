import { fail, pass, legacy } from "../../kit/legacy.ts";

/** Something readable is there: more than white space, invisible characters and fence marks. */
export const notEmpty = legacy({
  name: "not_empty",
  kind: "gate",
  cap: 0,
  maxChars: Number.POSITIVE_INFINITY,
  run: ({ text }) =>
    /[\p{L}\p{N}\p{S}]/u.test(text.replaceAll("`", "")) ? pass("has text") : fail("the answer is empty"),
});
