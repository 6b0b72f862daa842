import type { DataGrid } from "@lumino/datagrid";

/** Lets a finger scroll a grid, which by itself it can't; at an end the page goes on. */
export function scrollByTouch(grid: DataGrid): void {
  let last: Touch | undefined;
  const { node } = grid.viewport;
  node.addEventListener(
    "touchstart",
    (event) => {
      last = event.touches.length === 1 ? event.touches[0] : undefined;
    },
    { passive: true },
  );
  node.addEventListener(
    "touchmove",
    (event) => {
      const touch = event.touches[0];
      if (last === undefined || touch === undefined) return;
      const { scrollX, scrollY } = grid;
      grid.scrollBy(last.clientX - touch.clientX, last.clientY - touch.clientY);
      last = touch;
      if (grid.scrollX !== scrollX || grid.scrollY !== scrollY) event.preventDefault();
    },
    { passive: false },
  );
}
