/** A day as a text names it; missing parts are `null`. */
export interface NamedDate {
  readonly year: number | null;
  readonly month: number;
  readonly day: number | null;
}

/** English, German, French, Spanish, Italian, Portuguese: by the first letters. */
const MONTHS: readonly (readonly string[])[] = [
  ["jan", "jän", "ene", "gen"],
  ["feb", "fév", "fev"],
  ["mar", "mär", "mrz"],
  ["apr", "avr", "abr"],
  ["may", "mai", "mag"],
  ["jun", "juin", "giu"],
  ["jul", "juil", "lug"],
  ["aug", "aoû", "aou", "ago"],
  ["sep", "set"],
  ["oct", "okt", "ott", "out"],
  ["nov"],
  ["dec", "dez", "déc", "dic"],
];
const MONTH =
  "(jan(?:uary|uar|vier|eiro)?|jän(?:ner)?|enero|gennaio|feb(?:ruary|ruar|rero|braio)?|févr?(?:ier)?|fevereiro|mar(?:ch|s|zo|ço)?|märz|mrz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|may|mai|mayo|maggio|maio|june?|juni|juin|junio|giugno|junho|july?|juli|juil(?:let)?|julio|luglio|julho|aug(?:ust)?|août|aout|agosto|sept?(?:ember|embre|iembre)?|settembre|setembro|oct(?:ober|obre|ubre)?|okt(?:ober)?|ottobre|outubro|nov(?:ember|embre|iembre|embro)?|dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?)";
const MOST_DATES = 2_000;

const FORMS: readonly (readonly [RegExp, (parts: readonly string[]) => readonly NamedDate[]])[] = [
  [/(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g, ([y, m, d]) => [date(y, Number(m), d)]],
  [/(?<!\d)(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?/g, ([y, m, d]) => [date(y, Number(m), d)]],
  // 3/5 may be March 5 or May 3: keep both readings.
  [
    /(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)/g,
    ([a, b, y]) => [date(y, Number(b), a), date(y, Number(a), b)],
  ],
  [
    /(?<![\d./-])(\d{1,2})(?:\/(\d{1,2})(?![\d/])|\.\s?(\d{1,2})\.(?!\d))/g,
    ([a, b, c]) => [date("", Number(b || c), a), date("", Number(a), b || c)],
  ],
  [
    new RegExp(
      `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|\\.|º|er)?(?: day)?(?: of| de)?[ -]${MONTH}\\b\\.?(?:(?:,| de| del)?[ -](\\d{4}|\\d{2}(?!\\d|:)))?`,
      "gi",
    ),
    // "17 September 20 guests": two figures need not be a year.
    ([d, m, y]) => [date(y, monthOf(m), d), ...(y?.length === 2 ? [date("", monthOf(m), d)] : [])],
  ],
  [
    new RegExp(`\\b${MONTH}\\.?[ -](\\d{1,2})(?!\\d)(?:st|nd|rd|th)?(?:,? (\\d{4}))?`, "gi"),
    ([m, d, y]) => [date(y, monthOf(m), d)],
  ],
  [
    new RegExp(
      `(?<!\\d(?:st|nd|rd|th|\\.|º|er)?(?: day)?(?: of| de)?[ -])\\b${MONTH}\\.?(?: de| of|,)? (\\d{4})(?!\\d)`,
      "gi",
    ),
    ([m, y]) => [date(y, monthOf(m), "")],
  ],
  [/(?<!\d)(\d{4})-(\d{2})(?![-\d])/g, ([y, m]) => [date(y, Number(m), "")]],
];

/** Every date in a text, in the usual notations; ambiguous ones in both readings. */
export function datesIn(text: string): readonly NamedDate[] {
  const found: NamedDate[] = [];
  for (const [pattern, read] of FORMS) {
    for (const match of text.matchAll(pattern)) {
      if (found.length >= MOST_DATES) return found;
      const parts = match.slice(1).map((part) => part ?? "");
      found.push(
        ...read(parts).filter(
          ({ month, day }) => month >= 1 && month <= 12 && (day === null || (day >= 1 && day <= 31)),
        ),
      );
    }
  }
  return found;
}

/** Numbers of the months that words name; "may" and "march" may be no months. */
export function monthsIn(words: Iterable<string>): ReadonlySet<number> {
  const isMonth = new RegExp(`^${MONTH}$`, "i");
  return new Set([...words].filter((word) => word.length <= 12 && isMonth.test(word)).map(monthOf));
}

/** Whether `b`, of the source, is the date `a` of the answer: what one of the two leaves out does not speak against it. */
export function sameDate(a: NamedDate, b: NamedDate): boolean {
  return (
    a.month === b.month &&
    (a.year === null || b.year === null || a.year === b.year) &&
    // A month alone is not any day of it; its first is how a field for days is filled.
    (a.day === null || a.day === b.day || (b.day === null && a.day === 1))
  );
}

function date(year: string | undefined, month: number, day: string | undefined): NamedDate {
  const full = year === undefined || year === "" ? null : Number(year) + (year.length === 2 ? 2000 : 0);
  return { year: full, month, day: day === undefined || day === "" ? null : Number(day) };
}

function monthOf(name: string | undefined): number {
  const plain = (name ?? "").toLowerCase();
  return MONTHS.findIndex((starts) => starts.some((start) => plain.startsWith(start))) + 1;
}

/** Minutes of the day of every clock time in a text. */
export function timesIn(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [, hour, minute, half] of text.matchAll(
    /(?<![\d.,])(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s?([ap]\.?m\b\.?)?/gi,
  )) {
    const hours = Number(hour);
    if (hours > 24 || (minute === undefined && half === undefined)) continue;
    const late = half !== undefined && /^p/i.test(half) && hours < 12;
    found.add(
      ((late ? hours + 12 : half !== undefined && /^a/i.test(half) && hours === 12 ? 0 : hours) % 24) * 60 +
        Number(minute ?? 0),
    );
  }
  if (/\bnoon\b|\bmidday\b/i.test(text)) found.add(720);
  if (/\bmidnight\b/i.test(text)) found.add(0);
  return found;
}
