const COMMON = new Set(
  (
    "about above after again all also and any are because been before being below between both but can could did does doing down during each " +
    "few for from further had has have having here how into its itself just like make many may might more most much must not now off once one " +
    "only other our out over own please same should some such than that the their them then there these they this those through too under " +
    "until use used using very want was way were what when where which while who whom why will with would write you your give tell explain"
  ).split(" "),
);

/** Beginnings of the words that carry meaning, so that inflected forms fall together. Latin script alone. */
export function contentStems(text: string, maxChars = 60_000): ReadonlySet<string> {
  const words = text
    .slice(0, maxChars)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z][a-z0-9]{2,}/g);
  return new Set((words ?? []).filter((word) => !COMMON.has(word)).map((word) => word.slice(0, 5)));
}
