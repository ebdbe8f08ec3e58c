// What a draft changes, costs and breaks, and what to do with it.
export function DraftBar() {
  return null;
}
