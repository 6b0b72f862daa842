/** How near to a list's edge the pointer has it scroll, and by how much at each move, in pixels. */
const NEAR = 18;
const STEP = 10;
const BEFORE = "lr-mod-dropBefore";
const BEHIND = "lr-mod-dropBehind";

/** What a drag of lines works on. */
interface LineDragTarget {
  readonly list: HTMLElement;
  /** The lines among which one can be put, itself too, in order. */
  readonly among: (line: HTMLElement) => readonly HTMLElement[];
  /** Puts a line before another of those; undefined: behind them all. */
  readonly drop: (line: HTMLElement, before: HTMLElement | undefined) => void;
}

/** A line on its way. */
interface Drag {
  readonly line: HTMLElement;
  readonly pointer: number;
  /** Before which of its like it would be put: as many as there are: behind them all. */
  to: number;
}

/** Has lines of a list dragged to other places, by a mouse, a pen or a finger. */
export class LineDrag {
  private readonly target: LineDragTarget;
  private drag: Drag | undefined;

  constructor(target: LineDragTarget) {
    this.target = target;
  }

  /** Has a line be dragged by a part of it. */
  add(line: HTMLElement, handle: HTMLElement): void {
    handle.addEventListener("pointerdown", (event) => this.begin(event, line, handle));
    handle.addEventListener("pointermove", (event) => this.move(event));
    handle.addEventListener("pointerup", (event) => this.end(event));
    handle.addEventListener("lostpointercapture", () => this.cancel());
  }

  private begin(event: PointerEvent, line: HTMLElement, handle: HTMLElement): void {
    if (event.button !== 0 || this.drag !== undefined) return;
    // The focus stays where it is, and no text is selected.
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    line.classList.add("lr-mod-dragged");
    this.drag = { line, pointer: event.pointerId, to: this.target.among(line).indexOf(line) };
  }

  private move({ pointerId, clientY }: PointerEvent): void {
    const { drag } = this;
    if (drag?.pointer !== pointerId) return;
    const { list, among } = this.target;
    const box = list.getBoundingClientRect();
    if (clientY < box.top + NEAR) list.scrollTop -= STEP;
    else if (clientY > box.bottom - NEAR) list.scrollTop += STEP;
    const lines = among(drag.line);
    const found = lines.findIndex((line) => {
      const { top, height } = line.getBoundingClientRect();
      return clientY < top + height / 2;
    });
    drag.to = found < 0 ? lines.length : found;
    this.mark(lines, isElsewhere(drag, lines) ? drag.to : undefined);
  }

  private end({ pointerId }: PointerEvent): void {
    const { drag } = this;
    if (drag?.pointer !== pointerId) return;
    const lines = this.target.among(drag.line);
    this.cancel();
    if (isElsewhere(drag, lines)) this.target.drop(drag.line, lines[drag.to]);
  }

  private cancel(): void {
    if (this.drag === undefined) return;
    this.drag.line.classList.remove("lr-mod-dragged");
    this.mark(this.target.among(this.drag.line), undefined);
    this.drag = undefined;
  }

  private mark(lines: readonly HTMLElement[], to: number | undefined): void {
    lines.forEach((line, at) => {
      line.classList.toggle(BEFORE, at === to);
      line.classList.toggle(BEHIND, at === lines.length - 1 && to === lines.length);
    });
  }
}

function isElsewhere({ line, to }: Drag, lines: readonly HTMLElement[]): boolean {
  const at = lines.indexOf(line);
  return to !== at && to !== at + 1;
}
