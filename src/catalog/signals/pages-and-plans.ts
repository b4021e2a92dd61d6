import { BUILD, GAP, MAKE, POLITE, words, type Signal } from "./signal.ts";

const UI_THING =
  "landing[ -]page|home ?page|web ?page|page layout|dashboard|user interface|ui|ux|mock-?ups?|wireframes?|(?:login|signup|sign-up|checkout|contact|registration|settings|profile|pricing|pricing plan) (?:form|page|screen|table)|nav(?:igation )?bar|sidebar|modal|dropdown|carousel|hero section|design system|(?:react|vue|svelte|ui|web) components?|data table|responsive (?:layout|page|grid)";
const PLAN_THING =
  "(?<!(?:pricing|floor|subscription|health|insurance|data|phone|meal|seating) )plan(?! (?:page|table|card|comparison))|roadmap|milestones|work breakdown|project schedule|backlog";

/** User interfaces, and plans. */
export const PAGES_AND_PLANS: readonly Signal[] = [
  {
    name: "asks for a user interface",
    pattern: words(
      `(?:${BUILD}|style|restyle|redesign|lay out|mock up|sketch|improve|prototype)\\b${GAP}\\b(?:${UI_THING})`,
    ),
    in: "opening",
    points: { ui_design: 4, code_generation: -3 },
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
    points: {
      planning: 5,
      solidity_codegen: -2,
      gas_optimization: -2,
      semantic_audit: -2,
      ui_design: -2,
      code_generation: -4,
    },
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
];
