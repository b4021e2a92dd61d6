import type { RequestEnd, RequestRecord } from "../../../core/ports.ts";

/** What few requests have, in one JSON column each; `null`: nothing of it. */
type Extras = Pick<RequestRecord, "files" | "promptParts">;
type EndExtras = Pick<RequestEnd, "written" | "callerSaved" | "answeredFrom">;

export function packExtras({ files, promptParts }: RequestRecord): string | null {
  return packed({ files, promptParts });
}

export function packEndExtras({ written, callerSaved, answeredFrom }: RequestEnd): string | null {
  return packed({ written, callerSaved, answeredFrom });
}

export function unpackExtras(column: string | null): Extras {
  return column === null ? {} : (JSON.parse(column) as Extras);
}

export function unpackEndExtras(column: string | null): EndExtras {
  return column === null ? {} : (JSON.parse(column) as EndExtras);
}

function packed(extras: object): string | null {
  const text = JSON.stringify(extras);
  return text === "{}" ? null : text;
}
