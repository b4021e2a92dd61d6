import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";

const STEPS = [
  "Write the Terraform modules for the AWS network",
  "Set up the staging cluster",
  "Move the background jobs",
  "Run the database migration",
  "Deploy the application to production",
  "Monitor the error rate and keep a rollback ready",
];
const numbered = (steps: readonly string[]): string => steps.map((step, at) => `${at + 1}. ${step}`).join("\n");
const CLOUD = "Plan the move of our monolith to AWS.";

const planned = (
  expected: "verified" | "failed",
  name: string,
  prompt: string,
  answer: string,
  by?: string,
): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect: expected,
  ...(by === undefined ? {} : { by }),
});
const good = (name: string, prompt: string, answer: string): AnswerCase => planned("verified", name, prompt, answer);
const bad = (name: string, prompt: string, answer: string, by = "plan_covers_request"): AnswerCase =>
  planned("failed", name, prompt, answer, by);

/** Plans that are well formed and do, or do not, what the prompt asks for. */
export const REQUESTS: readonly AnswerCase[] = [
  good("has the six steps that were asked for", `${CLOUD} Exactly 6 steps.`, numbered(STEPS)),
  bad("has six steps where exactly seven were asked for", `${CLOUD} Exactly 7 steps.`, numbered(STEPS)),
  bad("has too many steps", `${CLOUD} Use at most five steps.`, numbered(STEPS)),
  good("keeps within a range", `${CLOUD} Between 5 and 8 steps, please.`, numbered(STEPS)),
  good(
    "leaves alone the steps of something else",
    "Plan how to rebuild our 3-step checkout wizard in React.",
    numbered([
      "Map the screens of the checkout wizard",
      "Build them as React components",
      "Test the wizard with five customers",
      "Ship it behind a flag",
    ]),
  ),
  bad(
    "has two milestones where three were asked for",
    `${CLOUD} Give me three milestones.`,
    "## Milestone 1: Staging on AWS runs\n- Network\n- Cluster\n## Milestone 2: Production on AWS runs\n- Move the monolith\n- Switch DNS",
  ),
  bad("is no JSON where JSON was asked for", `${CLOUD} Return the plan as JSON only.`, numbered(STEPS)),
  bad(
    "has no diagram where Mermaid was asked for",
    `${CLOUD} Show the dependencies as a Mermaid diagram.`,
    `${numbered(STEPS)}\n\nDependencies: each step depends on the previous one.`,
  ),
  bad("is no table where a table was asked for", `${CLOUD} Give the steps in a table.`, numbered(STEPS)),
  good(
    "is the table that was asked for",
    `${CLOUD} Give the steps in a Markdown table with an owner and a duration for each step.`,
    `| Step | Task | Owner | Duration |\n|---|---|---|---|\n${STEPS.map((step, at) => `| ${at + 1} | ${step} | DevOps | ${at + 1} days |`).join("\n")}`,
  ),
  bad(
    "uses another technology",
    "Plan the build of a task tracker. Use PostgreSQL for storage.",
    numbered([
      "Design the task tracker's screens",
      "Create the MongoDB collections",
      "Build the API",
      "Deploy the tracker",
    ]),
  ),
  bad(
    "leaves out what must be included",
    "Plan the launch of our newsletter. The plan must include legal review, a pilot with friendly readers, and accessibility testing.",
    numbered([
      "Choose a tool for the newsletter",
      "Write the first issue",
      "Design the template",
      "Send it to all subscribers",
    ]),
  ),
  good(
    "covers in other words what must be included",
    "Plan the launch of our newsletter. The plan must include legal review, a pilot with friendly readers, and accessibility testing. It must not lose any subscriber.",
    numbered([
      "Choose a tool for the newsletter",
      "Have the lawyers review it: legal sign-off and GDPR",
      "Import the subscribers and reconcile the count",
      "Pilot with fifty readers",
      "Check contrast and screen readers (WCAG)",
      "Send it to all",
    ]),
  ),
  bad(
    "deploys before it migrates",
    `${CLOUD} Run the database migration before deploying the application.`,
    numbered([STEPS[0], STEPS[1], STEPS[4], STEPS[3]].map(String)),
  ),
  good(
    "migrates before it deploys",
    `${CLOUD} Run the database migration before deploying the application.`,
    numbered(STEPS),
  ),
  bad(
    "takes ten weeks where six were given",
    "Plan the rewrite of our billing portal; everything must be done within 6 weeks.",
    `## Week 1: Design the billing portal\n- Screens and API\n## Weeks 2-5: Build the portal\n- Invoices first\n## Weeks 6-10: Test and launch the portal\n- Pilot customers`,
  ),
  bad(
    "takes too long in sum",
    "Plan the rewrite of our billing portal. The whole project must be finished within 4 weeks. Estimate the duration of each step.",
    "1. Design the portal\n   - Duration: 3 weeks\n2. Build the billing API\n   - Depends on: step 1\n   - Duration: 4 weeks\n3. Launch the portal\n   - Depends on: step 2\n   - Duration: 1 week",
  ),
  good(
    "fits into the time",
    "Plan the rewrite of our billing portal. The whole project must be finished within 6 weeks. Estimate the duration of each step.",
    "1. Design the portal\n   - Duration: 1 week\n2. Build the billing API\n   - Depends on: step 1\n   - Duration: 2-3 weeks\n3. Launch the portal\n   - Depends on: step 2\n   - Duration: 3 days",
  ),
  bad(
    "has no acceptance criteria",
    `${CLOUD} Give acceptance criteria for each step.`,
    numbered(STEPS.slice(0, 5)),
    "plan_verifiable",
  ),
  good(
    "has acceptance criteria",
    `${CLOUD} Give acceptance criteria for each step.`,
    STEPS.map(
      (step, at) =>
        `${at + 1}. ${step}\n   - Done when: ${["plan shows no drift", "pods are green", "queue is empty", "row counts match", "p95 < 300 ms", "no alert fires for 7 days"][at]}`,
    ).join("\n"),
  ),
  bad("has no owners", `${CLOUD} Assign an owner to each step.`, numbered(STEPS), "plan_verifiable"),
  bad("has no way back", `${CLOUD} Include a rollback for the switch.`, numbered(STEPS.slice(0, 5))),
  bad(
    "names no dependency",
    `${CLOUD} List the dependencies of each step.`,
    numbered(STEPS.map((step) => step.replace(" and keep a rollback ready", ""))),
  ),
  bad(
    "plans something else",
    "Plan a two-day offsite for twelve people in Lisbon, with travel, lodging, workshops and dinners.",
    numbered(["Design the REST API", "Write unit tests for the controllers", "Set up CI", "Deploy with Docker"]),
  ),
  bad(
    "is about the wrong number in JSON",
    `${CLOUD} Respond with JSON: an array of exactly 4 steps.`,
    fenced("json", JSON.stringify(STEPS.map((title, at) => ({ id: at + 1, title })))),
  ),
  bad(
    "cannot be done in the order that was asked for",
    `${CLOUD} Number the steps in execution order.`,
    "1. Deploy the monolith to AWS. Depends on step 2.\n2. Build the AWS network.\n3. Switch DNS. Depends on step 1.",
    "plan_structure",
  ),
  good(
    "takes its numbers for names only",
    CLOUD,
    "1. Deploy the monolith to AWS. Depends on step 2.\n2. Build the AWS network.\n3. Switch DNS. Depends on step 1.",
  ),
  bad(
    "has two of three milestones in its table",
    "Give me a 3-milestone roadmap for the analytics dashboard.",
    "| Milestone | Scope | Owner |\n|---|---|---|\n| M1 | Event schema | Data team |\n| M2 | First dashboard | Frontend |",
  ),
  good(
    "says otherwise what must not break and must be supported",
    "Plan the build of a URL shortener. Use Postgres and deploy on Kubernetes. It must support custom aliases, and there must be no breaking changes.",
    numbered([
      "Model links in PostgreSQL, with an alias",
      "Build the redirect; old URLs stay compatible",
      "Helm chart for k8s",
    ]),
  ),
  good(
    "names its stories in tables under epics",
    "Break the marketplace into epics and stories with dependencies.",
    "## Epic 1: Accounts\n| Story | Title | Depends on |\n|---|---|---|\n| 1.1 | Sign up | - |\n| 1.2 | Log in | 1.1 |\n## Epic 2: Marketplace\n| Story | Title | Depends on |\n|---|---|---|\n| 2.1 | Create a listing | 1.2 |\n| 2.2 | Search | 2.1 |",
  ),
];
