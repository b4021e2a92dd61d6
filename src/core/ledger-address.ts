/** Whether `SIGNALBOX_DB` names a database in Postgres: else it is the path of a file. */
export function isPostgresUrl(path: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(path);
}
