import type { AnswerCase } from "../case.ts";

const F = "```";
const KAFKA =
  "We need to replace RabbitMQ with Kafka in production with no message loss. Give me a step-by-step migration plan. Rollback must be possible at any time until the final step.";
const WEDDING =
  "Help me plan my wedding for 80 guests on 20 September with at most $15,000. Vegetarian food only. Break it into phases by month, from January to September.";
const HIRING =
  "Draft a plan to hire three backend engineers in Q2. Include a job description, sourcing, technical interview, and offer. List dependencies for each step as step ids.";
const SOC2 =
  "Produce a roadmap to SOC 2 Type I in 6 months for a 25-person startup. Format: Markdown table with columns ID, Task, Owner, Month, Depends on.";
const TERRA =
  'Break down: move all our AWS infrastructure from click-ops to Terraform. Output JSON {"steps":[{"id":"...","title":"...","depends_on":[...]}]}. At most 10 steps.';

const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect,
});

/** Plans for a broker, a wedding, a team, an audit and an infrastructure. */
export const BROKERS_AND_WEDDINGS: readonly AnswerCase[] = [
  c(
    "plans the broker's replacement with bold steps and prose dependencies",
    "verified",
    KAFKA,
    `## Migration from RabbitMQ to Kafka

**Step 1 — Inventory.** List exchanges, queues, consumers, message rates and retention needs. Nothing is needed beforehand.

**Step 2 — Provision Kafka.** Three brokers, replication factor 3, \`min.insync.replicas=2\`, \`acks=all\` to avoid message loss. Builds on the figures of Step 1.

**Step 3 — Topic design.** Map exchanges to topics and routing keys to partitions. Can run alongside Step 2, after Step 1.

**Step 4 — Dual publishing.** Producers write to both brokers through an outbox table; RabbitMQ stays authoritative. Requires Steps 2 and 3. *Rollback:* switch the Kafka writer off.

**Step 5 — Shadow consumers.** Kafka consumers process into a shadow store; compare counts and hashes hourly. Requires Step 4. *Rollback:* stop the shadow consumers.

**Step 6 — Move consumers group by group.** Idempotent consumers with de-duplication on message id, so that nothing is lost or done twice. Requires Step 5 with zero differences for 72 hours. *Rollback:* re-enable the RabbitMQ consumer; the queue is still being fed.

**Step 7 — Soak for two weeks** with dual publishing still on. Requires Step 6.

**Step 8 — Decommission RabbitMQ.** Stop dual publishing, drain, archive, switch off. Requires Step 7. This is the point of no return.`,
  ),
  c(
    "needs the soak before the move and the move before the soak",
    "failed",
    KAFKA,
    `## Migration from RabbitMQ to Kafka

**Step 1 — Provision Kafka.** Replication factor 3 so that no message is lost.

**Step 2 — Dual publishing.** Requires Step 1. Rollback: switch the Kafka writer off.

**Step 3 — Move consumers.** Requires Steps 2 and 4. Rollback: re-enable RabbitMQ consumers.

**Step 4 — Soak for two weeks.** Requires Step 3. Rollback: as before.

**Step 5 — Decommission RabbitMQ.** Requires Step 4.`,
  ),
  c(
    "has no way back for the broker though one must exist",
    "failed",
    KAFKA,
    `1. Inventory queues and exchanges of RabbitMQ.
2. Provision the Kafka cluster with replication factor 3 so no message is lost.
3. Change all producers to Kafka (after step 2).
4. Change all consumers to Kafka (after step 3).
5. Switch RabbitMQ off (after step 4).`,
  ),
  c(
    "plans the wedding month by month",
    "verified",
    WEDDING,
    `# Wedding plan (80 guests, 20 September, max $15,000)

## January – Foundations
- [ ] Set the budget split: venue $5,000, vegetarian catering $4,800, photographer $1,800, clothes $1,200, music $700, flowers $500, reserve $1,000 (total $15,000)
- [ ] Draft the guest list (80)

## February – Venue
- [ ] Visit three venues and book one for 20 September

## March – Suppliers
- [ ] Book a vegetarian caterer and taste two menus
- [ ] Book photographer and DJ

## April – Invitations
- [ ] Send save-the-dates
- [ ] Choose dress and suit

## May – Design
- [ ] Flowers, decoration, stationery

## June – Invitations out
- [ ] Mail the invitations with an RSVP date of 31 July

## July – Details
- [ ] Collect RSVPs, order the rings
- [ ] Final vegetarian menu

## August – Rehearsal
- [ ] Seating plan, fittings, schedule of the day
- [ ] Confirm all suppliers

## September – Wedding
- [ ] Final head count to the caterer two weeks before
- [ ] Rehearsal on 19 September, wedding on 20 September
- [ ] Pay the remaining bills, send thank-you cards`,
  ),
  c(
    "serves meat at the vegetarian wedding and overspends",
    "failed",
    WEDDING,
    `# Wedding plan for 80 guests, 20 September

## January – Budget
- Venue $9,000
- Vegetarian catering $7,500
- Photographer $3,000
- Total: $19,500

## February – Venue
- Book the venue for 20 September

## March – Food
- Book the caterer

## April – Invitations
- Send save-the-dates

## May – Flowers
- Order flowers

## June – Invitations
- Mail invitations

## July – RSVPs
- Collect RSVPs

## August – Rehearsal
- Seating plan

## September – Wedding
- Celebrate`,
  ),
  c(
    "hires in a list of ids",
    "verified",
    HIRING,
    `**H1. Define the profile** – seniority, stack (Go, PostgreSQL), salary band. Depends on: none
**H2. Write the job description** – responsibilities, must-haves, process. Depends on: H1
**H3. Publish and source** – job boards, referrals, 50 LinkedIn messages a week. Depends on: H2
**H4. Prepare the technical interview** – take-home of two hours, system design, scorecards. Depends on: H1
**H5. Screen applicants** – 20-minute call. Depends on: H3
**H6. Run technical interviews** – two engineers each, debrief within 24 h. Depends on: H4, H5
**H7. References and offer** – three offers, backup candidate for each. Depends on: H6
**H8. Onboarding plan** – start by 30 June (end of Q2). Depends on: H7`,
  ),
  c(
    "refers in the hiring plan to H9 and counts to H6",
    "failed",
    HIRING,
    `**H1. Define the profile** – seniority and stack. Depends on: none
**H2. Write the job description** – for three backend engineers. Depends on: H1
**H3. Sourcing** – job boards, referrals. Depends on: H2
**H4. Screen applicants** – call. Depends on: H3, H9
**H5. Technical interview** – system design. Depends on: H4
**H6. Offer** – in Q2. Depends on: H5`,
  ),
  c(
    "forgets the technical interview of the hiring plan",
    "failed",
    HIRING,
    `| ID | Step | Depends on |
|----|------|-----------|
| A1 | Write the job description for backend engineers | – |
| A2 | Sourcing through job boards | A1 |
| A3 | Phone call with HR | A2 |
| A4 | Make the offer in Q2 | A3 |`,
  ),
  c(
    "maps the road to the audit as the table asked for",
    "verified",
    SOC2,
    `| ID | Task | Owner | Month | Depends on |
|----|------|-------|-------|------------|
| S1 | Choose trust criteria and scope, pick an auditor | CTO | 1 | – |
| S2 | Gap assessment against SOC 2 Type I | Security lead | 1 | S1 |
| S3 | Write policies (access, change, incident, vendor) | Security lead | 2 | S2 |
| S4 | Roll out SSO, MFA and device management | IT | 2–3 | S2 |
| S5 | Logging, alerting, vulnerability scans | Platform | 3 | S2 |
| S6 | Vendor reviews and risk register | Operations | 3–4 | S3 |
| S7 | Security training for all 25 people | HR | 4 | S3 |
| S8 | Collect evidence, internal readiness review | Security lead | 5 | S4, S5, S6, S7 |
| S9 | Auditor's fieldwork and report | CTO | 6 | S8 |`,
  ),
  c(
    "goes on to month 9 though the road has six",
    "failed",
    SOC2,
    `| ID | Task | Owner | Month | Depends on |
|----|------|-------|-------|------------|
| S1 | Scope for SOC 2 Type I | CTO | Month 1 | – |
| S2 | Gap assessment | Security lead | Month 2 | S1 |
| S3 | Policies | Security lead | Month 4 | S2 |
| S4 | SSO and MFA | IT | Month 6 | S2 |
| S5 | Evidence | Security lead | Month 8 | S3, S4 |
| S6 | Audit of the startup | CTO | Month 9 | S5 |`,
  ),
  c(
    "has rows of the road that need each other",
    "failed",
    SOC2,
    `| ID | Task | Owner | Month | Depends on |
|----|------|-------|-------|------------|
| S1 | Scope for SOC 2 Type I | CTO | 1 | – |
| S2 | Gap assessment | Security lead | 1 | S1, S6 |
| S3 | Policies | Security lead | 2 | S2 |
| S4 | SSO and MFA | IT | 3 | S3 |
| S5 | Evidence | Security lead | 5 | S4 |
| S6 | Readiness review of the startup | CTO | 5 | S5 |
| S7 | Audit | CTO | 6 | S6 |`,
  ),
  c(
    "breaks the move to Terraform into JSON steps",
    "verified",
    TERRA,
    `${F}json
{"steps":[
 {"id":"inventory","title":"Inventory all AWS resources and tag owners","depends_on":[]},
 {"id":"state","title":"Set up remote state in S3 with DynamoDB locking","depends_on":[]},
 {"id":"modules","title":"Write Terraform modules for network, IAM and compute","depends_on":["inventory"]},
 {"id":"import-network","title":"Import VPCs, subnets and routes","depends_on":["state","modules"]},
 {"id":"import-iam","title":"Import IAM roles and policies","depends_on":["state","modules"]},
 {"id":"import-compute","title":"Import EC2, RDS and load balancers","depends_on":["import-network","import-iam"]},
 {"id":"ci","title":"Run plan on pull requests and apply on merge","depends_on":["state"]},
 {"id":"drift","title":"Nightly drift detection","depends_on":["ci","import-compute"]},
 {"id":"lockdown","title":"Take console write access away from people","depends_on":["drift"]}
]}
${F}`,
  ),
  c(
    "has twelve Terraform steps where at most ten were wanted",
    "failed",
    TERRA,
    JSON.stringify({
      steps: Array.from({ length: 12 }, (_, i) => ({
        id: `s${i + 1}`,
        title: [
          "Inventory AWS",
          "Remote state",
          "Modules",
          "Import network",
          "Import IAM",
          "Import compute",
          "Import RDS",
          "CI plan",
          "CI apply",
          "Drift detection",
          "Lock the console",
          "Train the team on Terraform",
        ][i],
        depends_on: i === 0 ? [] : [`s${i}`],
      })),
    }),
  ),
  c(
    "gives the Terraform step ids twice",
    "failed",
    TERRA,
    JSON.stringify({
      steps: [
        { id: "s1", title: "Inventory AWS resources", depends_on: [] },
        { id: "s2", title: "Remote state for Terraform", depends_on: ["s1"] },
        { id: "s2", title: "Write modules", depends_on: ["s1"] },
        { id: "s3", title: "Import resources", depends_on: ["s2"] },
        { id: "s4", title: "Lock the console", depends_on: ["s3"] },
      ],
    }),
  ),
];
