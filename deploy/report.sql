-- What a dashboard may read. After the first `signalbox ledger migrate`, as signalbox_owner.
GRANT SELECT ON signalbox.spend_sums, signalbox.attempt_sums, signalbox.failure_sums, signalbox.prunes TO signalbox_report;
