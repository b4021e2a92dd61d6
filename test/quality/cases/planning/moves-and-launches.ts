import type { AnswerCase } from "../case.ts";

const F = "```";
const MONO =
  "We want to break our Django monolith into services. Plan the extraction of the billing module: list the steps, their dependencies and how we know each step is done. We must keep the monolith running, and the database split has to come before we route traffic to the new service.";
const CONF =
  "Plan a two-day developer conference for 300 people in Lisbon with a budget of 60,000 euros. It must include a code of conduct, live captioning and a speaker dinner. The date is 12 June.";
const K8S =
  "Create a plan with 8 steps for moving our services from Docker Swarm to Kubernetes, with dependencies between steps. Return it as a table.";
const APPJSON =
  "Plan the launch of our meditation app. Return JSON: an array of tasks with id, title, depends_on and estimate_days.";
const RESEARCH =
  "I'm doing a qualitative study on remote work burnout for my master's thesis. Make a research plan for 12 weeks, with ethics approval before any interviews.";
const REFACTOR =
  "Plan the refactoring of our payment module from callbacks to async/await. Show the dependencies as a Mermaid diagram and describe every step.";

const c = (
  name: string,
  expect: AnswerCase["expect"],
  prompt: string,
  answer: string,
  context?: Readonly<Record<string, unknown>>,
): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect,
  ...(context === undefined ? {} : { context }),
});

/** Plans for migrations, a conference, a launch and a study, written by somebody who had not seen the checks. */
export const MOVES_AND_LAUNCHES: readonly AnswerCase[] = [
  c(
    "lists the extraction with done-criteria under each step",
    "verified",
    MONO,
    `# Extracting billing from the Django monolith

**Guiding rule:** the monolith stays live throughout; each step can be reverted on its own.

### Step 1 – Map the billing module
- What: list models, views, Celery tasks and foreign keys that cross the billing boundary.
- Depends on: –
- Done when: a dependency map is reviewed by the billing team.

### Step 2 – Introduce a facade inside the monolith
- What: put all calls into billing behind \`billing.api\`; forbid direct imports with import-linter.
- Depends on: Step 1
- Done when: import-linter passes in CI for two weeks.

### Step 3 – Scaffold the billing service
- What: repository, CI, container image, health checks, dashboards.
- Depends on: Step 1
- Done when: an empty service runs in staging with alerts.

### Step 4 – Split the database
- What: move billing tables into a schema of their own, replace foreign keys by ids, replicate to the new database.
- Depends on: Steps 2 and 3
- Done when: replication lag < 1 s and the nightly comparison shows zero differences for 7 days.

### Step 5 – Shadow traffic
- What: mirror read requests to the service and compare the answers.
- Depends on: Step 4
- Done when: mismatch rate < 0.01 % over 3 days.

### Step 6 – Route traffic to the new service
- What: feature flag 1 % → 10 % → 50 % → 100 %, the monolith remains as fallback.
- Depends on: Steps 4 and 5
- Done when: 100 % for 14 days with error rate ≤ baseline.

### Step 7 – Remove the old code
- What: delete billing code and tables from the monolith.
- Depends on: Step 6
- Done when: the monolith deploys without the billing app and all tests pass.

## Rollback
Until Step 7, flipping the flag sends traffic back to the monolith.`,
  ),
  c(
    "routes traffic before the database is split",
    "failed",
    MONO,
    `### Step 1 – Map the billing module
- Depends on: –
- Done when: map reviewed.

### Step 2 – Scaffold the billing service
- Depends on: Step 1
- Done when: runs in staging while the monolith keeps running.

### Step 3 – Route traffic to the new service
- Depends on: Step 2
- Done when: 100 % of traffic reaches the service.

### Step 4 – Split the database
- Depends on: Step 3
- Done when: billing tables live in their own database.

### Step 5 – Remove the old code from the monolith
- Depends on: Step 4
- Done when: tests pass.`,
  ),
  c(
    "has a cycle of extraction steps across sections",
    "failed",
    MONO,
    `## Phase A: Preparation
- **A1** Map the billing module. Depends on: none. Done when: map reviewed.
- **A2** Facade in the Django monolith. Depends on: A1, B2. Done when: linter passes, monolith still running.

## Phase B: Extraction
- **B1** Split the database. Depends on: A2. Done when: no cross-schema foreign keys are left.
- **B2** Build the new billing service. Depends on: B1. Done when: contract tests pass.

## Phase C: Cutover
- **C1** Route traffic to the service. Depends on: B1, B2. Done when: 100 % served.
- **C2** Remove old code. Depends on: C1. Done when: tests pass.`,
  ),
  c(
    "depends on a step by a name that nothing in the plan has",
    "failed",
    MONO,
    `1. **Map the billing module** of the Django monolith. Depends on: nothing. Done when: map is reviewed.
2. **Introduce a facade**, monolith keeps running. Depends on: Map the billing module. Done when: linter passes.
3. **Split the database**. Depends on: Introduce a facade, Legal sign-off of the data processing agreement. Done when: comparison job shows no difference.
4. **Build the service**. Depends on: Provision the Kafka cluster. Done when: contract tests pass.
5. **Route traffic** to the new service. Depends on: Split the database, Build the service. Done when: 100 % of traffic for two weeks.`,
  ),
  c(
    "plans the conference as nested lists with costs",
    "verified",
    CONF,
    `# Developer conference, Lisbon (12–13 June, 300 people, €60,000)

## Budget
| Item | Cost |
|---|---|
| Venue and AV, 2 days | €22,000 |
| Catering, 300 × 2 days | €18,000 |
| Speakers' travel | €8,000 |
| Live captioning | €3,500 |
| Speaker dinner | €2,500 |
| Marketing, badges, insurance | €3,000 |
| Contingency | €3,000 |
| **Total** | **€60,000** |

## Timeline
1. **January – foundations**
   1. Sign the venue in Lisbon for 12 and 13 June (capacity 300+)
   2. Publish the code of conduct and name the response team
   3. Open the ticket shop and call for papers
2. **February–March – programme**
   1. Close the call for papers, select 24 talks (after 1.3)
   2. Book travel for speakers (after 2.1)
   3. Contract the live-captioning provider
3. **April–May – production**
   1. Finalise catering and AV (needs 1.1)
   2. Reserve a restaurant for the speaker dinner on 11 June
   3. Brief volunteers, including the code of conduct
4. **June – delivery**
   1. 11 June: rehearsal, speaker dinner
   2. 12–13 June: conference with live captioning on both stages
   3. Within a week: survey, invoices, wrap-up (after 4.2)`,
  ),
  c(
    "forgets the captioning and the dinner that the conference must have",
    "failed",
    CONF,
    `# Conference in Lisbon, 12 June

1. Book a venue for 300 developers (budget €25,000 of the 60,000 euros).
2. Publish the code of conduct.
3. Open the call for papers (after step 1).
4. Sell tickets (after step 1).
5. Book travel for speakers (after step 3).
6. Order catering (after step 4).
7. Run the two-day conference (after steps 5 and 6).
8. Send out a survey (after step 7).`,
  ),
  c(
    "spends far more than the conference's budget",
    "failed",
    CONF,
    `# Conference in Lisbon, 12–13 June, 300 people

1. Book the venue for two days: €55,000.
2. Publish a code of conduct: €0.
3. Hire a live captioning team: €12,000.
4. Speakers' travel and speaker dinner: €30,000 (after step 1).
5. Catering for 300 developers: €28,000 (after step 1).
6. Run the conference (after steps 2 to 5).

Total budget needed: €125,000.`,
  ),
  c(
    "answers with the table of eight steps that was asked for",
    "verified",
    K8S,
    `| # | Step | Description | Depends on |
|---|------|-------------|------------|
| 1 | Inventory | List all Swarm services, volumes, secrets and networks | — |
| 2 | Provision cluster | Create the Kubernetes cluster with node pools and ingress | 1 |
| 3 | Migrate secrets and configs | Move Swarm secrets to Kubernetes Secrets (External Secrets) | 1, 2 |
| 4 | Write manifests | Convert compose files to Helm charts | 1 |
| 5 | Set up CI/CD | Deploy charts with Argo CD | 2, 4 |
| 6 | Staging rollout | Deploy everything to staging and load-test | 3, 5 |
| 7 | Production cutover | Shift traffic by weighted DNS, one service at a time | 6 |
| 8 | Decommission Swarm | Remove Swarm nodes after two quiet weeks | 7 |`,
  ),
  c(
    "gives six steps where eight were asked for",
    "failed",
    K8S,
    `| # | Step | Description | Depends on |
|---|------|-------------|------------|
| 1 | Inventory | List all Swarm services | — |
| 2 | Provision cluster | Create the Kubernetes cluster | 1 |
| 3 | Write manifests | Convert compose files to Helm charts | 1 |
| 4 | Staging rollout | Deploy to staging and load-test | 2, 3 |
| 5 | Production cutover | Shift traffic by weighted DNS | 4 |
| 6 | Decommission Docker Swarm | Remove the nodes | 5 |`,
  ),
  c(
    "refers to a step 9 of a table with eight",
    "failed",
    K8S,
    `| # | Step | Description | Depends on |
|---|------|-------------|------------|
| 1 | Inventory | List all Swarm services, volumes, secrets | — |
| 2 | Provision cluster | Create the Kubernetes cluster | 1 |
| 3 | Migrate secrets | Move Swarm secrets to Kubernetes | 1, 2 |
| 4 | Write manifests | Convert compose files to Helm charts | 1 |
| 5 | Set up CI/CD | Deploy charts with Argo CD | 2, 4 |
| 6 | Staging rollout | Deploy and load-test | 3, 9 |
| 7 | Production cutover | Shift traffic | 6 |
| 8 | Decommission Swarm | Remove Docker Swarm nodes | 7 |`,
  ),
  c(
    "numbers two rows of the table alike",
    "failed",
    K8S,
    `| # | Step | Description | Depends on |
|---|------|-------------|------------|
| 1 | Inventory | List all Swarm services, volumes, secrets | — |
| 2 | Provision cluster | Create the Kubernetes cluster | 1 |
| 3 | Migrate secrets | Move Swarm secrets to Kubernetes | 1, 2 |
| 4 | Write manifests | Convert compose files to Helm charts | 1 |
| 4 | Set up CI/CD | Deploy charts with Argo CD | 2, 4 |
| 5 | Staging rollout | Deploy and load-test | 3, 4 |
| 6 | Production cutover | Shift traffic | 5 |
| 7 | Decommission Swarm | Remove Docker Swarm nodes | 6 |`,
  ),
  c(
    "gives the app's launch as JSON",
    "verified",
    APPJSON,
    JSON.stringify(
      [
        { id: 1, title: "Finish beta of the meditation app and fix crash reports", depends_on: [], estimate_days: 10 },
        { id: 2, title: "Write store listings and record the preview video", depends_on: [], estimate_days: 4 },
        { id: 3, title: "Set up analytics and crash monitoring", depends_on: [1], estimate_days: 2 },
        { id: 4, title: "Submit to App Store and Google Play", depends_on: [1, 2, 3], estimate_days: 5 },
        { id: 5, title: "Brief press and wellness influencers", depends_on: [2], estimate_days: 6 },
        { id: 6, title: "Release and launch campaign", depends_on: [4, 5], estimate_days: 1 },
        { id: 7, title: "Watch reviews and ship a first patch", depends_on: [6], estimate_days: 7 },
      ],
      null,
      2,
    ),
  ),
  c(
    "has a dependency cycle in JSON",
    "failed",
    APPJSON,
    `${F}json
[
  { "id": "beta", "title": "Beta test of the meditation app", "depends_on": ["monitoring"], "estimate_days": 10 },
  { "id": "listing", "title": "Store listing", "depends_on": [], "estimate_days": 4 },
  { "id": "monitoring", "title": "Crash monitoring", "depends_on": ["submit"], "estimate_days": 2 },
  { "id": "submit", "title": "Submit to both stores", "depends_on": ["beta", "listing"], "estimate_days": 5 },
  { "id": "launch", "title": "Launch day", "depends_on": ["submit"], "estimate_days": 1 }
]
${F}`,
  ),
  c(
    "depends in JSON on an id that is not in the array",
    "failed",
    APPJSON,
    JSON.stringify([
      { id: "beta", title: "Beta test of the meditation app", depends_on: [], estimate_days: 10 },
      { id: "listing", title: "Store listing", depends_on: ["branding"], estimate_days: 4 },
      { id: "submit", title: "Submit to both stores", depends_on: ["beta", "listing"], estimate_days: 5 },
      { id: "launch", title: "Launch day", depends_on: ["submit"], estimate_days: 1 },
    ]),
  ),
  c(
    "schedules the research week by week",
    "verified",
    RESEARCH,
    `## 12-week research plan: remote work and burnout

**Weeks 1–2: Literature and question**
- Review literature on burnout (Maslach) and remote work
- Fix the research question and the qualitative method (reflexive thematic analysis)

**Week 3: Ethics approval**
- Submit the ethics application: consent form, data protection, distress protocol
- Draft the interview guide meanwhile

**Week 4: Pilot and recruitment**
- After approval: recruit 12–15 remote workers
- Pilot the guide in two interviews and revise it

**Weeks 5–7: Interviews**
- Hold two to three interviews of 60 minutes per day in the field
- Transcribe within 48 hours

**Weeks 8–9: Analysis**
- Code the transcripts, second coder on 20 %
- Build themes, member checking with three participants

**Weeks 10–11: Writing**
- Findings, discussion, limitations

**Week 12: Finish**
- Supervisor's feedback, proofreading, submission of the thesis

Milestones: ethics approval by the end of week 3; last interview by the end of week 7; full draft by the end of week 11.`,
  ),
  c(
    "interviews before it asks the ethics board",
    "failed",
    RESEARCH,
    `## 12-week research plan on remote work burnout

1. Weeks 1–2: literature review on burnout and remote work.
2. Weeks 3–6: conduct interviews with 12 participants and transcribe them.
3. Week 7: apply for ethics approval.
4. Weeks 8–9: qualitative thematic analysis.
5. Weeks 10–11: write the thesis.
6. Week 12: proofread and submit.`,
  ),
  c(
    "draws the refactoring as a diagram and describes the steps",
    "verified",
    REFACTOR,
    `${F}mermaid
graph TD
    A[Characterisation tests] --> B[Promisify gateway client]
    B --> C[Convert PaymentService]
    B --> D[Convert RefundService]
    C --> E[Convert controllers]
    D --> E
    E --> F[Remove callback shims]
${F}

**A. Characterisation tests** – Pin down the present behaviour of the payment module, including errors and time-outs.

**B. Promisify gateway client** – Wrap the callback API of the gateway with \`util.promisify\`; keep the old signature as a shim.

**C. Convert PaymentService** – Rewrite to async/await; replace \`if (err)\` by try/catch.

**D. Convert RefundService** – Same as C, can be done in parallel with it.

**E. Convert controllers** – Await the services, add an error middleware.

**F. Remove callback shims** – Delete the shims once no caller is left; lint rule \`no-callback\` on.`,
  ),
  c(
    "draws a loop into the refactoring's diagram",
    "failed",
    REFACTOR,
    `${F}mermaid
flowchart LR
    tests[Write tests] --> client[Promisify gateway client]
    client --> service[Convert payment service to async/await]
    service --> controllers[Convert controllers]
    controllers --> shims[Remove callback shims]
    shims --> client
${F}

1. **Write tests** – characterise the payment module.
2. **Promisify gateway client** – wrap callbacks.
3. **Convert payment service** – async/await.
4. **Convert controllers** – await the service.
5. **Remove callback shims** – delete them.`,
  ),
];
