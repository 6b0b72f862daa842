const LEFT_TO_THE_HOST = new Set(["Escape", "Tab"]);

/**
 * Whether a key that was pressed within an output is meant for what has the focus there, and not for the notebook around
 * it, where single letters delete, copy and add cells.
 */
export function isOwnKey(event: KeyboardEvent): boolean {
  const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
  if (ctrlKey || altKey || metaKey || LEFT_TO_THE_HOST.has(key)) return false;
  if (shiftKey && key === "Enter") return false; // runs the cell
  return !/^F\d+$/.test(key);
}
