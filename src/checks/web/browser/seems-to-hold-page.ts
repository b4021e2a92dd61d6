/** Whether an answer seems to hold a page that a browser can load as it stands. Cheap: it looks for a document's beginning. */
export function seemsToHoldPage(text: string): boolean {
  return /<(?:!doctype html|html[\s>])/i.test(text);
}
