/** Words that mean much the same in a plan. One group a line; the first word is what the others count as. */
const SYNONYMS = [
  "rollback revert backout undo fallback restore reverse wayback restorable reversible",
  "downtime outage availability interruption maintenance bluegreen canary rolling uptime cutover gradually weighted seamless live phased replica",
  "postgresql postgres pg postgre", "kubernetes k8s kubectl helm eks gke aks", "javascript js", "typescript ts", "python django flask",
  "authentication auth login oauth signin sso authenticate authorization", "backup snapshot dump pgdump",
  "monitoring observability alert metric dashboard logging prometheus grafana monitor telemetry", "documentation docs readme guide runbook document",
  "testing qa test verify validation validate regression tests", "ci continuous pipeline workflow cicd", "security secure vulnerability pentest hardening",
  "performance latency load speed throughput benchmark slow fast", "budget cost price spend expense", "risk mitigation", "training train onboarding workshop coaching",
  "launch release rollout golive deploy ship deployment cutover", "client consumer", "email mail notification newsletter",
  "compliance gdpr privacy audit compliant hipaa", "encryption encrypt tls kms aes", "lost loss lose preserve intact consistency checksum integrity reconcile",
  "aws amazon ec2 s3 rds lambda", "gcp google", "azure microsoft", "accessibility a11y wcag accessible", "localization i18n translation translate",
  "database db schema sql", "cache caching redis memcached", "container docker image", "mobile ios android app", "interview survey feedback", "hire recruit candidate",
  "marketing campaign promotion social", "venue location room hall", "catering food menu meals", "backward backwards compatible compatibility versioning breaking unchanged",
  "payment billing stripe checkout invoice", "permit license permission approval",
] as const; // prettier-ignore

const STOP = new Set(
  (
    "a an the and or but nor so yet of in on at by for from to into onto with without within over under up down out off as is are was were be been being it its this that these those there here i we you they he she our your their my me us them what which who whom when where why how all any both each every few more most other some such no not only own same than too very can could will would shall should may might must do does did done have has had having if then else because while during before after until since again also just about against between through per via etc use using used need needs needed want wants make makes sure ensure please let lets get gets take takes keep keeps like one two three four five six seven eight nine ten new existing current currently good best well able way ways thing things " +
    // Words about the plan as a text, which its steps need not repeat.
    "monday tuesday wednesday thursday friday saturday sunday raci weekend weekends plan plans planning step steps task tasks phase phases milestone milestones stage stages action actions item items list lists numbered number numbers order ordered sequence id ids depend depends dependency dependencies dependent prerequisite prerequisites parallel verify verified verification verifiable acceptance criterion criteria definition owner owners role roles responsible estimate estimates estimated duration durations timeline schedule effort json yaml table mermaid markdown gantt diagram diagrams graph graphs chart charts flowchart format output answer respond response return reply write give provide produce create outline include includes including cover covers covering contain contains consist concise clear clearly detailed detail details specific actionable concrete brief short long exactly least most maximum minimum between strict strictly explicit explicitly name named title titles description field fields column columns row rows heading headings section sections bullet bullets summary prose text words word english explain following must constraint constraints requirement requirements deliverable deliverables support supports supporting goal goals note notes week weeks day days month months hour hours minute minutes quarter year years deadline finish finished complete completed completion small large big careful carefully consider considering account take handle address addressed support supports start starting begin end ending first second third last next final finally roadmap breakdown break work working"
  ).split(/\s+/),
); // prettier-ignore
/** Words that say little beside more telling ones. */
export const GENERIC = new Set(
  "possible anytime moment system data service app application project team process code user users customer company product software engineer engineers developer developers people time stay remain run runs allow change changes high low real production available every full part"
    .split(" ")
    .map((word) => stemOf(word)),
);

const JOINED: readonly (readonly [RegExp, string])[] = [
  [/\b(?:roll(?:ed|ing|s)?[ -]back|back[ -]?out|way back)\b/g, "rollback"],
  [/\bback(?:ed|ing|s)?[ -]ups?\b/g, "backup"],
  [/\b(?:go|going|went)[ -]live\b/g, "golive"],
  [/\b(?:sign|log)[ -]?(?:in|on)\b/g, "login"],
  [/\bset[ -]up\b/g, "setup"],
  [/\bblue[ /-]green\b/g, "bluegreen"],
  [/\bci ?\/ ?cd\b/g, "cicd"],
  [/\bcut(?:s|ting)?[ -]over\b/g, "cutover"],
];

const canonical = new Map(
  SYNONYMS.flatMap((group) => {
    const [first = "", ...others] = group.split(" ");
    return [first, ...others].map((word): [string, string] => [stemOf(word), stemOf(first)]);
  }),
);

/** The telling words of a text, as stems; synonyms count as one. */
export function termsOf(text: string): ReadonlySet<string> {
  const terms = new Set<string>();
  for (const word of wordsIn(text)) if (!STOP.has(word)) terms.add(termOf(word));
  return terms;
}

/** All words of an answer as stems, for looking terms up; the answer's "plan" may well answer the prompt's. */
export function vocabularyOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of wordsIn(text)) {
    const stem = stemOf(word);
    found.add(stem);
    found.add(canonical.get(stem) ?? stem);
  }
  return found;
}

function termOf(word: string): string {
  const stem = stemOf(word);
  return canonical.get(stem) ?? stem;
}

function wordsIn(text: string): readonly string[] {
  let flat = text.toLowerCase().replaceAll("’", "'");
  for (const [pattern, joined] of JOINED) flat = flat.replace(pattern, joined);
  return (flat.match(/[\p{L}][\p{L}\p{N}]{1,40}/gu) ?? []).filter(
    (word) => word.length > 2 || /^(?:ci|db|pg|js|ts|qa|ui|ux|s3|ai|ml|hr|pr)$/.test(word),
  );
}

/** A crude stem: endings off, and no more than six letters, so that "migrate" meets "migration". */
export function stemOf(word: string): string {
  const bare =
    word.length > 5
      ? word.replace(/(?:ations?|ments?|ings?|ities|ity|ies|ions?|able|ible|ed|es|er|ers|ly|al|(?<![saiu])s|e|y)$/, "")
      : word.replace(/(?<![saiu])s$/, "").replace(/[ey]$/, "");
  return (bare.length < 3 ? word : bare).replace(/(.)\1$/, "$1").slice(0, 6);
}

const ENGLISH = new Set(
  "the a an of to and in for with is are be on that it we our this by as at from or must should each before after".split(
    " ",
  ),
);

/** Whether a text is English as far as its small words tell. Data has few of them; it counts as English when it has no others. */
export function isEnglish(text: string): boolean {
  const words =
    text
      .slice(0, 20_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const ascii = words.filter((word) => /^[a-z]+$/.test(word)).length;
  const small = words.filter((word) => ENGLISH.has(word)).length;
  const foreign = words.filter((word) => FOREIGN.has(word)).length;
  return words.length > 0 && ascii >= 0.9 * words.length && foreign <= Math.max(small, 0.02 * words.length);
}
const FOREIGN = new Set(
  "der die das und ist mit für von den dem ein eine nicht auf zu im wird le la les des et est pour avec une dans sur du au el los las es y para con una por que del se il di e che per non della o os em do da um het een van voor op och att det som är på yang dan untuk dengan dari pada adalah ke jest się nie oraz w z na ve bir ile için".split(
    " ",
  ),
);
