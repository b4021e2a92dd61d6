import { viewPage } from "../../view-page.ts";

/** The page itself says, in its own policy, which script and style it has. This adds what only a header can say. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/** The view as a page of this server: the same for all who ask, with no data in it. */
export async function dashboardPage(): Promise<Response> {
  return new Response(await viewPage(), { headers: HEADERS });
}
