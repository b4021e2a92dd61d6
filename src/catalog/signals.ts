/** One sign that a prompt belongs to a task. */
export interface Signal {
  /** Shown in the reason for the choice. */
  readonly name: string;
  /** Tested against prose in lower case without its code, against the prose's opening, or against the code. Gaps are bounded on purpose. */
  readonly pattern: RegExp;
  readonly in: "opening" | "prose" | "code";
  /** Points for the tasks that it speaks for; negative ones speak against. */
  readonly points: Readonly<Record<string, number>>;
}

/** A gap within one sentence. */
const GAP = "[^.?!\\n]{0,60}";
const MAKE = "write|create|generate|draft|design|develop|make|need|want|give|prepare|produce";
const BUILD = `${MAKE}|implement|code|build|add|extend`;
const CONTRACT_CONTEXT =
  "solidity|smart[ -]contracts?|erc-?(?:20|721|1155|4626)|openzeppelin|foundry|hardhat|evm|\\.sol";
const CONTRACT_THING =
  "contracts?|tokens?|vaults?|erc-?(?:20|721|1155|4626)|nfts?|escrow|multisig|staking|airdrop|vesting|crowdsale|auction|dao|amm|timelock|modifiers?|library|interface|function";
const WEAKNESS =
  "vulnerabilit\\w+|exploits?|re-?entrancy|attack vectors?|front-?running|security (?:issues?|bugs?|flaws?|holes?|problems?)";
const UI_THING =
  "landing[ -]page|home ?page|web ?page|page layout|dashboard|user interface|ui|ux|mock-?ups?|wireframes?|(?:login|signup|sign-up|checkout|contact|registration|settings|profile|pricing|pricing plan) (?:form|page|screen|table)|nav(?:igation )?bar|sidebar|modal|dropdown|carousel|hero section|design system|(?:react|vue|svelte|ui|web) components?|data table|responsive (?:layout|page|grid)";
const PLAN_THING =
  "(?<!(?:pricing|floor|subscription|health|insurance|data|phone|meal|seating) )plan(?! (?:page|table|card|comparison))|roadmap|milestones|work breakdown|project schedule|backlog";
const POLITE = "(?:please |can you |could you |hi,? |hello,? |help me |let'?s )*";

const AGAINST_ALL = { solidity_codegen: -4, gas_optimization: -4, semantic_audit: -4, ui_design: -4, planning: -4 };

function words(source: string): RegExp {
  return new RegExp(`\\b(?:${source})(?![a-z0-9])`);
}

/**
 * The rule of `task: "auto"`, as data. What the opening of a prompt asks for counts most: a plan for a Solidity project is a
 * plan, a summary of an audit is a summary.
 */
export const SIGNALS: readonly Signal[] = [
  {
    name: "Solidity in the code",
    pattern: /pragma\s+solidity|\bcontract\s+\w+[^{}\n]{0,120}\{/,
    in: "code",
    points: { solidity_codegen: 1, gas_optimization: 1, semantic_audit: 1 },
  },
  {
    name: "speaks of smart contracts",
    pattern: new RegExp(`(?:^|[^a-z0-9])(?:${CONTRACT_CONTEXT})(?![a-z0-9])`),
    in: "prose",
    points: { solidity_codegen: 1, gas_optimization: 1, semantic_audit: 1 },
  },
  {
    name: "speaks of things on a chain",
    pattern: words(
      "on-?chain|nfts?|defi|dapps?|uniswap|chainlink|lending pool|liquidations?|token (?:contract|transfers?)|multisig|staking|airdrop|timelock|amm|dao|wei|ether|ethereum|msg\\.sender|onlyowner|mint(?:ing|able)?",
    ),
    in: "prose",
    points: { solidity_codegen: 1, semantic_audit: 1 },
  },
  {
    name: "asks for a contract to be written",
    pattern: new RegExp(
      `\\b(?:${BUILD})\\b${GAP}\\b(?:${CONTRACT_THING}|solidity)(?![a-z0-9])|^${POLITE}(?:an? )?(?:solidity|smart|token|nft) contract (?:for|that|which|with)\\b`,
    ),
    in: "opening",
    points: { solidity_codegen: 2 },
  },
  {
    name: "asks for another language",
    pattern:
      /\b(?:in|using|with) (?:python|rust|go|golang|java|kotlin|c\+\+|c#|typescript|javascript|bash|sql)(?![a-z0-9])|\b(?:python|rust|golang|java|typescript|javascript|node|bash|shell) (?:script|program|function|class|cli|tool|code|library|app)\b/,
    in: "opening",
    points: { solidity_codegen: -3, gas_optimization: -3 },
  },
  {
    name: "asks for less gas",
    pattern: words(
      `(?:optimi[sz]\\w*|reduc\\w+|sav(?:e|ing)|lower\\w*|cut\\w*|minimi[sz]\\w*|decreas\\w+|cheap\\w*|less|improv\\w+)\\b${GAP}\\bgas|too much gas|fewer (?:sloads|sstores|opcodes)|gas[ -](?:optimi[sz]\\w*|efficien\\w+|sav\\w+|golf\\w*|reduc\\w+)`,
    ),
    in: "prose",
    points: { gas_optimization: 3 },
  },
  {
    name: "asks for contract code to be optimised",
    pattern: new RegExp(
      `\\b(?:optimi[sz]e|cheaper|gas)\\b${GAP}(?:${CONTRACT_CONTEXT}|\\bcontracts?\\b|\\bstorage\\b|\\bcalls?\\b)`,
    ),
    in: "prose",
    points: { gas_optimization: 2 },
  },
  {
    name: "names gas techniques",
    pattern: words("sload|sstore|storage (?:slots?|packing)|calldata|unchecked (?:block|arithmetic|math)|opcodes?"),
    in: "prose",
    points: { gas_optimization: 1 },
  },
  {
    name: "speaks of gas outside of contracts",
    pattern: words(
      "natural gas|gas (?:bill|station|mileage|prices?|heating|boiler|stove|tank|turbines?|company)|petrol",
    ),
    in: "prose",
    points: { gas_optimization: -4 },
  },
  {
    name: "asks for a review of security",
    pattern: words(
      `audit(?:ing)?|(?:security|vulnerability|semantic) (?:review|analysis|assessment|check)|(?:find|check|look|identify|list|spot|detect|search|hunt|review|analy[sz]e|scan)\\b${GAP}\\b(?:${WEAKNESS})|(?:is there|are there|any|what|which) (?:\\w+ )?(?:${WEAKNESS})|(?:is|are)\\b${GAP}\\b(?:safe|secure|vulnerable|exploitable)`,
    ),
    in: "opening",
    points: { semantic_audit: 2 },
  },
  {
    name: "names contract vulnerabilities",
    pattern: words(
      "re-?entrancy|front-?running|flash[ -]loans?|price manipulation|access control|integer overflow|tx\\.origin|delegatecall",
    ),
    in: "prose",
    points: { semantic_audit: 1 },
  },
  {
    name: "asks for a user interface",
    pattern: words(
      `(?:${BUILD}|style|restyle|redesign|lay out|mock up|sketch|improve|prototype)\\b${GAP}\\b(?:${UI_THING})`,
    ),
    in: "opening",
    points: { ui_design: 4 },
  },
  {
    name: "asks for a part of a page",
    pattern: words(
      `(?:${BUILD}|style|improve)\\b${GAP}\\b(?:page|screen|form|card|grid|button|menu|banner|footer|header|layout|markup)`,
    ),
    in: "opening",
    points: { ui_design: 2 },
  },
  {
    name: "names means of web design",
    pattern: words(
      "html|css|tailwind|bootstrap|figma|jsx|flexbox|dark mode|accessib(?:le|ility)|wcag|responsive|hover state|colou?r palette|typography",
    ),
    in: "prose",
    points: { ui_design: 1 },
  },
  {
    name: "asks for what lies behind an interface",
    pattern: words(
      "rest|graphql|sql|api|backend|back-end|endpoints?|database schema|cron|unit tests?|tests? for|scrap\\w+",
    ),
    in: "opening",
    points: { ui_design: -3 },
  },
  {
    name: "asks for a plan",
    pattern: new RegExp(
      `^${POLITE}plan\\b|\\b(?:${MAKE}|propose|outline|sketch|come up with|put together|lay out|map out|help me|show)\\b[^.?!\\n]{0,40}\\b(?:${PLAN_THING})\\b`,
    ),
    in: "opening",
    points: { planning: 5, solidity_codegen: -2, gas_optimization: -2, semantic_audit: -2, ui_design: -2 },
  },
  {
    name: "asks for work to be broken down",
    pattern: words(
      `break (?:it|this|that|the ${GAP}) (?:down|up)|break down|(?:break|decompose|split)\\b${GAP}\\binto (?:\\w+ )?(?:tasks|steps|phases|milestones|stories|tickets)|in (?:which|what) order (?:should|do|must)|what (?:steps|phases) (?:should|do|must|are)|(?:steps|phases) (?:to|for|of) (?:migrat|roll|launch|deploy|mov|build|releas|upgrad)\\w*`,
    ),
    in: "opening",
    points: { planning: 4 },
  },
  {
    name: "names the parts of a plan",
    pattern: words("milestones?|dependencies between|timeline|deadlines?|phases?|work packages?|sprints?|rollback"),
    in: "prose",
    points: { planning: 1 },
  },
  {
    name: "asks about something that exists",
    pattern: new RegExp(
      `^${POLITE}(?:summari[sz]e|translate|explain|describe|compare|paraphrase|proofread|rephrase|shorten|classify|extract|tell me|define|tl;?dr|who|when|where|why|what(?! (?:steps|order|phases|vulnerabilit|security|attack|exploit))|how (?:does|do|did|is|are|much|many|long))\\b|\\b(?:summary|translation|explanation|comparison) of\\b`,
    ),
    in: "opening",
    points: AGAINST_ALL,
  },
  {
    name: "asks for prose",
    pattern: words(
      `(?:${MAKE}|compose|reply|rewrite)\\b[^.?!\\n]{0,40}\\b(?:e-?mail|blog(?: post)?|article|essay|tweet|poem|song|story|haiku|joke|press release|cover letter|job (?:ad|description|posting)|speech|quiz|tutorial|lesson|faq|release notes|linkedin post|announcement|summary|translation|names? for)`,
    ),
    in: "opening",
    points: AGAINST_ALL,
  },
];
