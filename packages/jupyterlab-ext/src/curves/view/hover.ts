import type { RunLook } from "../../colors/run-colors.ts";
import { element, setText } from "../../dom.ts";
import type { Hovered } from "../model/hovered.ts";
import { cursorText, placeText, pointText, type Wording } from "./card-texts.ts";
import type { ChartCard } from "./chart-card.ts";
import { Tooltip } from "./tooltip.ts";

/** How near to a curve the pointer is when it means that one, in pixels. */
const NEAR = 24;

/** What the cursor is shown with. */
export interface HoverScene {
  readonly cards: Iterable<ChartCard>;
  readonly wording: Wording;
  readonly lookOf: (key: string) => RunLook;
}

/** The cursor in all charts: the values beside the pointer, and in words where it is moved by keys. */
export class Hover {
  /** What is read aloud. */
  readonly live = element("div", { class: "lr-curves-hidden" });
  readonly tooltip: Tooltip;
  private readonly box: HTMLElement;
  private readonly scene: () => HoverScene;
  private lifted: string | undefined;
  /** Shows again what is shown, where it is. */
  private showAgain: (() => void) | undefined;

  /** @param box - the tooltip stays within it */
  constructor(box: HTMLElement, tooltip: Tooltip, scene: () => HoverScene) {
    this.box = box;
    this.tooltip = tooltip;
    this.scene = scene;
    this.live.setAttribute("aria-live", "polite");
    this.live.setAttribute("role", "status");
  }

  /** The pointer is in a chart, at a place in pixels of its plot area. */
  point(card: ChartCard, left: number, top: number): void {
    const x = card.xAt(left);
    if (x === undefined) {
      this.leave();
      return;
    }
    this.showAgain = () => this.point(card, left, top);
    const hovered = card.hoveredAt(x);
    const byDistance = hovered
      .map((one) => ({ one, distance: Math.abs(card.topOf(one.y) - top) }))
      .sort((a, b) => a.distance - b.distance);
    const nearest = byDistance[0];
    const isNear = nearest !== undefined && nearest.distance <= NEAR && hovered.length > 1;
    this.show(card, x, {
      near: byDistance.map(({ one }) => one),
      lifted: isNear ? nearest.one.curve.key : undefined,
      top,
    });
  }

  /** The cursor was moved by a key: the values are read aloud. */
  move(card: ChartCard, x: number): void {
    const order = this.put(card, x);
    const { wording } = this.scene();
    const place = order[0] === undefined ? x : order[0].x;
    setText(this.live, `${placeText(place, wording)}: ${cursorText(order, this.lifted, wording)}`);
  }

  /** Charts were drawn anew: what is at the cursor may be something else. */
  again(): void {
    this.showAgain?.();
  }

  /** Puts the cursor somewhere. @returns what is there, in the order of reading */
  private put(card: ChartCard, x: number): readonly Hovered[] {
    this.showAgain = () => {
      if (card.isIn(x)) this.put(card, x);
      else this.leave();
    };
    const hovered = card.hoveredAt(x);
    const lifted = hovered.find(({ curve }) => curve.key === this.lifted);
    const near = [...hovered].sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
    const order = lifted === undefined ? near : [lifted, ...near.filter((one) => one !== lifted)];
    const top = lifted === undefined ? 0 : card.topOf(lifted.y);
    this.show(card, x, { near: order, lifted: this.lifted, top });
    return order;
  }

  /** Lifts the curve above or below the lifted one, where the cursor is. */
  liftNext(card: ChartCard, by: 1 | -1): void {
    const x = card.cursorX;
    if (x === undefined) return;
    const order = card.hoveredAt(x).sort((a, b) => a.y - b.y);
    const at = order.findIndex(({ curve }) => curve.key === this.lifted);
    const next =
      at < 0 ? order[by > 0 ? 0 : order.length - 1] : order[Math.min(order.length - 1, Math.max(0, at + by))];
    this.lift(next?.curve.key);
    this.move(card, x);
  }

  /** Lifts a curve in every chart. */
  lift(key: string | undefined): void {
    this.lifted = key;
    for (const card of this.scene().cards) card.lift(key);
  }

  leave(): void {
    this.showAgain = undefined;
    this.tooltip.hide();
    this.lift(undefined);
    for (const card of this.scene().cards) card.setCursor(undefined, []);
  }

  private show(
    source: ChartCard,
    x: number,
    {
      near,
      lifted,
      top,
    }: { readonly near: readonly Hovered[]; readonly lifted: string | undefined; readonly top: number },
  ): void {
    const { cards, wording, lookOf } = this.scene();
    const listed = near.slice(0, Tooltip.roomIn(this.box));
    this.lift(lifted);
    for (const card of cards) card.setCursor(x, card === source ? listed : []);
    const first = listed[0];
    const { area } = source;
    if (first === undefined || area === undefined) {
      this.tooltip.hide();
      return;
    }
    this.tooltip.show({
      title: placeText(first.x, wording),
      rows: [...listed]
        .sort((a, b) => b.y - a.y)
        .map((hovered) => ({ hovered, text: pointText(hovered, wording) })),
      more: near.length - listed.length,
      highlighted: lifted,
      lookOf,
    });
    const inner = area.getBoundingClientRect();
    const outer = this.box.getBoundingClientRect();
    this.tooltip.place(this.box, inner.left - outer.left + source.leftOf(x), inner.top - outer.top + top);
  }
}
