import { MessageLoop } from "@lumino/messaging";
import { Panel, PanelLayout, Widget } from "@lumino/widgets";
import { afterEach, expect, test, vi } from "vitest";
import { SteadyWidget } from "./steady-widget.ts";

/** Notes what it is told of being attached, and whether it counts as seen then. */
class Part extends Widget {
  readonly told: string[] = [];

  protected override onBeforeAttach(): void {
    this.told.push("before");
  }

  protected override onAfterAttach(): void {
    this.told.push(this.isVisible ? "after, seen" : "after, unseen");
  }

  protected override onAfterDetach(): void {
    this.told.push("gone");
  }
}

afterEach(() => vi.restoreAllMocks());

/** How widgets told whether they are seen before Lumino 2.7. */
function asBefore27(): void {
  vi.spyOn(Widget.prototype, "isVisible", "get").mockImplementation(function (this: Widget) {
    return this.testFlag(Widget.Flag.IsVisible);
  });
}

function made(): { steady: SteadyWidget; part: Part } {
  const steady = new SteadyWidget();
  const part = new Part();
  const layout = new PanelLayout();
  steady.layout = layout;
  layout.addWidget(part);
  return { steady, part };
}

test("attached and detached as usual, its parts are told as usual", () => {
  const { steady, part } = made();
  Widget.attach(steady, document.body);
  Widget.detach(steady);
  Widget.attach(steady, document.body);
  expect(part.told).toEqual(["before", "after, seen", "gone", "before", "after, seen"]);
  steady.dispose();
});

test("made while its cell is being attached, its parts are told before it as well", () => {
  const { steady, part } = made();
  const cell = new Panel();
  MessageLoop.sendMessage(cell, Widget.Msg.BeforeAttach);
  cell.addWidget(steady);
  document.body.append(cell.node);
  MessageLoop.sendMessage(cell, Widget.Msg.AfterAttach);
  expect(part.told).toEqual(["before", "after, seen"]);
  cell.dispose();
});

test.each([
  ["as Lumino is now", () => {}],
  ["as Lumino was before 2.7", asBefore27],
])("back in sight after scrolling, its parts are told behind it as well, and count as seen, %s", (_, set) => {
  set();
  const { steady, part } = made();
  const cell = new Panel();
  cell.addWidget(steady);
  Widget.attach(cell, document.body);
  MessageLoop.sendMessage(cell, Widget.Msg.AfterDetach);
  expect(part.isVisible).toBe(false);
  MessageLoop.sendMessage(cell, Widget.Msg.BeforeAttach);
  expect(part.told).toEqual(["before", "after, seen", "gone", "before", "after, seen"]);
  expect([part.isAttached, part.isVisible]).toEqual([true, true]);
  cell.dispose();
});

test("what is hidden doesn't count as seen then", () => {
  asBefore27();
  const { steady, part } = made();
  const cell = new Panel();
  cell.addWidget(steady);
  steady.hide();
  Widget.attach(cell, document.body);
  MessageLoop.sendMessage(cell, Widget.Msg.AfterDetach);
  MessageLoop.sendMessage(cell, Widget.Msg.BeforeAttach);
  expect([cell, steady, part].map(({ isVisible }) => isVisible)).toEqual([true, false, false]);
  cell.dispose();
});
