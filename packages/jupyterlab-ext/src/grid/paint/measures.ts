/** How high a row is, in pixels: what a finger meets. */
export const ROW_HEIGHT = 28;
/** How high the headings are: two lines, the upper one of which says what a column belongs to. */
export const HEADING_HEIGHT = 38;
/** How wide the column of check boxes is. */
export const CHECK_WIDTH = 34;
/** What is left free at the sides of a cell. */
export const PADDING = 10;
/** How wide what is clicked on within a cell is. */
export const BUTTON = 24;
/** How wide a mark beside a heading's name is. */
export const MARK = 15;
/** How far what is said behind a value is from it. */
export const ASIDE_GAP = 6;
/** How far from the edge of a heading its width is dragged from. */
export const EDGE = 5;
/** How narrow and how wide a column can be. */
export const MIN_WIDTH = 48;
export const MAX_WIDTH = 1200;
