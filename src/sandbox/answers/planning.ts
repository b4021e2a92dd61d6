import type { TaskScript } from "./answer.ts";

/** Planning work. The bad answer repeats an id, depends on itself in a circle and on a step that does not exist. */
export const planning: TaskScript = {
  task: "planning",
  matches: /\bplan(ning)?\b|\broadmap\b|\bmilestones?\b|break .{0,40} into (steps|tasks)/i,
  prompt:
    "Plan the move of a web shop from one PostgreSQL 13 server to a managed PostgreSQL 17 cluster, in six numbered steps. At most " +
    "five minutes of downtime, no lost orders, and a way back at every point. Give each step an id, its dependencies and how it is verified.",
  good: `# Plan: move the web shop to a managed PostgreSQL 17 cluster

Scripted answer of the Signalbox sandbox. Constraints: at most five minutes of downtime, no lost orders, a way back at every point.

1. **S1: Take stock of the PostgreSQL 13 server**
   - Do: list extensions, roles, jobs, database size, peak write rate and every client of the web shop; find what PostgreSQL 17 no longer supports.
   - Depends on: none
   - Verification: the list is reviewed by the shop's team, and a schema-only restore into PostgreSQL 17 reports no error.
   - Way back: nothing has changed yet.

2. **S2: Build the managed PostgreSQL 17 cluster**
   - Do: create the cluster with the same extensions and roles, network access for the shop only, monitoring and backups.
   - Depends on: S1
   - Verification: a backup of the empty cluster is restored, and the shop's test suite passes against it.
   - Way back: delete the cluster.

3. **S3: Replicate all data**
   - Do: set up logical replication from the old server to the new cluster; copy the initial data at night.
   - Depends on: S2
   - Verification: row counts and checksums of every table match, and replication lag stays under one second for 24 hours.
   - Way back: drop the subscription; the old server remains the only source of truth.

4. **S4: Rehearse the switch**
   - Do: practise the switch and the way back on a copy, with recorded production traffic; write down each command and its duration.
   - Depends on: S3
   - Verification: two rehearsals in a row stay under five minutes of downtime, and every test order is found on the new cluster.
   - Way back: discard the copy.

5. **S5: Switch over**
   - Do: put the shop into maintenance mode, wait until replication lag is zero, copy sequences, start replication in the other direction, point the shop to the new cluster.
   - Depends on: S4
   - Verification: the last order id is equal on both sides, a test order succeeds, and the clock shows less than five minutes of downtime.
   - Way back: point the shop to the old server, which has received every write through the reverse replication.

6. **S6: Retire the old server**
   - Do: watch errors, latency and replication for two weeks, then stop the reverse replication, keep a final backup and switch the old server off.
   - Depends on: S5
   - Verification: two weeks without a database incident, and the final backup is restored successfully before the server is deleted.
   - Way back: until that moment the old server can take over; afterwards the final backup remains.
`,
  bad: `# Plan (sandbox: a deliberately poor answer)

1. **S1: Do the migration**
   - Depends on: S2
2. **S2: Prepare the migration**
   - Depends on: S1
3. **S2: Do the migration**
   - Depends on: S9
`,
};
