import type { GridActions } from "./actions.ts";
import type { GridState } from "./grid-state.ts";
import { HEADINGS } from "./place.ts";
import { NO_SELECTION, selectAll, selectTo, toggleRow } from "./selection.ts";

/** What keys need besides. */
interface KeyTarget {
  readonly state: GridState;
  readonly actions: GridActions;
  /** How many rows there are to a page. */
  readonly pageRows: () => number;
  readonly openMenu: (column: number) => void;
  readonly focusSearch: () => void;
  /** Hides what lies over the grid; returns whether there was anything. */
  readonly dismiss: () => boolean;
}

/** Does what a key asks of a grid; returns whether it asks anything. */
export function onKey(event: KeyboardEvent, target: KeyTarget): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isMenuKey(event)) return openMenu(target);
  if (event.altKey) return false;
  if (isCommand && event.key !== "Home" && event.key !== "End") return onLetter(event, target);
  return move(event, isCommand, target) || act(event, target);
}

/** With Shift they are the host's: Control+Shift+C opens its commands. The letters are capitals with Caps Lock, too. */
function onLetter(event: KeyboardEvent, target: KeyTarget): boolean {
  if (event.shiftKey) return false;
  const letter = event.key.toLowerCase();
  if (letter === "a") return all(target);
  return letter === "c" && copy(target);
}

function isMenuKey(event: KeyboardEvent): boolean {
  return (
    event.key === "ContextMenu" ||
    (event.key === "F10" && event.shiftKey) ||
    (event.key === "ArrowDown" && event.altKey)
  );
}

function openMenu({ state, openMenu: open }: KeyTarget): boolean {
  open(state.active.column);
  return true;
}

function all({ state }: KeyTarget): boolean {
  state.select(selectAll(state.selection, state.order));
  return true;
}

function copy({ actions }: KeyTarget): boolean {
  void actions.copy();
  return true;
}

function move(event: KeyboardEvent, isCommand: boolean, { state, pageRows }: KeyTarget): boolean {
  const { row, column } = state.active;
  const last = state.view.rows.length - 1;
  const places: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    PageUp: [Math.max(Math.min(0, row), row - pageRows()), column],
    PageDown: [row + pageRows(), column],
    Home: isCommand ? [0, 0] : [row, 0],
    End: isCommand ? [last, Number.POSITIVE_INFINITY] : [row, Number.POSITIVE_INFINITY],
  };
  const place = Object.hasOwn(places, event.key) ? places[event.key] : undefined;
  if (place === undefined) return false;
  const [toRow, toColumn] = place;
  const isSelecting = event.shiftKey && row !== HEADINGS && toRow !== row;
  const anchor = state.selection.anchor ?? state.order[row];
  // A range doesn't reach the headings.
  state.activate({ row: isSelecting ? Math.max(0, toRow) : toRow, column: toColumn });
  const id = state.order[state.active.row];
  if (isSelecting && id !== undefined)
    state.select(selectTo({ ...state.selection, anchor }, id, state.order));
  return true;
}

/** Escape: what lies over the grid goes, and the selection; with neither it is left to the host. */
function leave({ state, dismiss }: KeyTarget): boolean {
  const isDismissed = dismiss();
  if (state.selection.ids.size === 0) return isDismissed;
  state.select(NO_SELECTION);
  return true;
}

function act(event: KeyboardEvent, target: KeyTarget): boolean {
  const { state, actions } = target;
  const { row, column } = state.active;
  const id = state.order[row];
  const key = state.view.columns[column]?.key;
  switch (event.key) {
    case " ":
    case "Enter":
      if (row === HEADINGS) {
        if (key !== undefined) actions.sort(key, event.shiftKey);
      } else if (event.key === "Enter") {
        actions.open(id);
      } else if (id !== undefined) {
        state.select(
          event.shiftKey ? selectTo(state.selection, id, state.order) : toggleRow(state.selection, id),
        );
      }
      return true;
    case "Escape":
      return leave(target);
    case "p":
    case "P":
      actions.togglePins(actions.targets());
      return true;
    case "/":
      target.focusSearch();
      return true;
    default:
      // The host has commands on letters, and they work on the notebook's cells: not from here.
      return event.key.length === 1;
  }
}
