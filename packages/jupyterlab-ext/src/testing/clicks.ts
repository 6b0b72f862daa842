/** Clicks what of a grid has a role and a text. */
export function clickInGrid(within: HTMLElement, role: "gridcell" | "columnheader", text: string): void {
  const found = [...within.querySelectorAll<HTMLElement>(`[role=${role}]`)].find(
    (node) => node.textContent === text,
  );
  if (found === undefined) throw new Error(`No ${role} has the text ${text}`);
  found.click();
}
