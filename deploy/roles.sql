-- Roles with least rights for a ledger in Postgres. Run it as an administrator, in the ledger's database:
--   psql -v owner_password=… -v app_password=… -v report_password=… -f roles.sql
-- signalbox_owner changes the schema (signalbox ledger migrate), signalbox_app serves, signalbox_report reads sums and no texts.
CREATE ROLE signalbox_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE signalbox_app LOGIN PASSWORD :'app_password';
CREATE ROLE signalbox_report LOGIN PASSWORD :'report_password';

CREATE SCHEMA signalbox AUTHORIZATION signalbox_owner;
GRANT USAGE ON SCHEMA signalbox TO signalbox_app, signalbox_report;

-- What later versions add is covered as well.
ALTER DEFAULT PRIVILEGES FOR ROLE signalbox_owner IN SCHEMA signalbox
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO signalbox_app;
