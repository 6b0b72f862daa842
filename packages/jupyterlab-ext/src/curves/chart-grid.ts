import type { TranslationBundle } from "@jupyterlab/translation";
import { arrange, button, element } from "../dom.ts";
import { loadUPlot, type UPlot } from "./draw/load-uplot.ts";
import type { CardModel } from "./view/card-model.ts";
import { type CardEvents, ChartCard } from "./view/chart-card.ts";
import { DrawQueue } from "./view/draw-queue.ts";
import { InView } from "./view/in-view.ts";

let ids = 0;
/** Waits for its turn as charts do, so that the end of drawing is told where there are none, too. */
const NOTHING = () => {};

/** The charts: each drawn when it is seen, has a size, and has something new to show. */
export class ChartGrid {
  readonly node = element("div", { class: "lr-curves-grid" });
  private readonly cards = new Map<string, ChartCard>();
  private readonly byNode = new Map<Element, ChartCard>();
  private readonly works = new Map<ChartCard, () => void>();
  private readonly waiting = new Set<ChartCard>();
  private readonly queue: DrawQueue;
  private readonly inView = new InView((node) => this.seen(node));
  private readonly sizes: ResizeObserver | undefined;
  private readonly help: HTMLElement;
  private readonly events: CardEvents;
  private readonly trans: TranslationBundle;
  private readonly printing = () => this.drawAll();
  private UPlot: UPlot | undefined;
  private isLoading = false;
  private failure: HTMLElement | undefined;
  private isDisposed = false;

  /** @param onDrawn - told when all that is seen is drawn */
  constructor(trans: TranslationBundle, events: CardEvents, onDrawn: () => void) {
    this.trans = trans;
    this.events = events;
    this.queue = new DrawQueue(onDrawn);
    this.help = element("div", {
      class: "lr-curves-hidden",
      text: trans.__(
        "Left and right arrow keys move along the lines and read their values, up and down choose a line, plus and minus zoom, Escape resets the zoom.",
      ),
    });
    this.help.id = `lr-curves-help-${ids++}`;
    if (typeof ResizeObserver !== "undefined") this.sizes = new ResizeObserver((all) => this.resized(all));
    window.addEventListener("beforeprint", this.printing);
  }

  /** What describes the keys, to be put somewhere on the page. */
  get helpNode(): HTMLElement {
    return this.help;
  }

  all(): Iterable<ChartCard> {
    return this.cards.values();
  }

  /** Shows these charts in this order; what is new is drawn in the next frames. */
  update(models: readonly CardModel[]): void {
    const names = new Set(models.map(({ metric }) => metric.name));
    for (const [name, card] of this.cards) if (!names.has(name)) this.remove(name, card);
    const nodes = models.map((model) => {
      const card = this.cards.get(model.metric.name) ?? this.add(model.metric.name);
      if (card.setModel(model)) this.ask(card);
      return card.node;
    });
    arrange(this.node, this.failure === undefined ? nodes : [this.failure, ...nodes]);
    this.node.classList.toggle("lr-mod-one", models.length === 1);
    this.node.classList.toggle(
      "lr-mod-tables",
      models.some(({ asTable }) => asTable),
    );
    this.queue.add(NOTHING);
  }

  themeChanged(): void {
    for (const card of this.cards.values()) card.themeChanged();
  }

  dispose(): void {
    this.isDisposed = true;
    window.removeEventListener("beforeprint", this.printing);
    this.queue.dispose();
    this.inView.dispose();
    this.sizes?.disconnect();
    for (const card of this.cards.values()) card.dispose();
    this.cards.clear();
  }

  private add(name: string): ChartCard {
    const card = new ChartCard(name, this.help.id, this.events);
    this.cards.set(name, card);
    this.byNode.set(card.node, card);
    this.works.set(card, () => this.draw(card));
    this.inView.add(card.node);
    this.sizes?.observe(card.node);
    return card;
  }

  private remove(name: string, card: ChartCard): void {
    this.cards.delete(name);
    this.byNode.delete(card.node);
    this.queue.delete(this.works.get(card) as () => void);
    this.works.delete(card);
    this.waiting.delete(card);
    this.inView.delete(card.node);
    this.sizes?.unobserve(card.node);
    card.dispose();
  }

  private ask(card: ChartCard): void {
    this.waiting.add(card);
    if (this.inView.has(card.node)) this.queue.add(this.works.get(card) as () => void);
  }

  private seen(node: Element): void {
    const card = this.byNode.get(node);
    if (card !== undefined && this.waiting.has(card)) this.ask(card);
  }

  private draw(card: ChartCard): void {
    this.waiting.delete(card);
    card.draw(this.UPlot);
    if (this.UPlot !== undefined || !card.isUndrawn) return;
    this.waiting.add(card);
    // After a failure it is for people to say when to try again.
    if (!this.isLoading && this.failure === undefined) void this.load();
  }

  private async load(): Promise<void> {
    this.isLoading = true;
    try {
      this.UPlot = await loadUPlot();
    } catch (error) {
      if (!this.isDisposed) this.failed(error);
      return;
    } finally {
      this.isLoading = false;
    }
    if (this.isDisposed) return;
    this.failure?.remove();
    this.failure = undefined;
    for (const card of [...this.waiting]) this.ask(card);
  }

  private failed(error: unknown): void {
    this.failure?.remove();
    const text = this.trans.__(
      "The part that draws charts couldn't be loaded (%1). Tables show the numbers meanwhile.",
      String(error),
    );
    const again = button({
      class: "lr-curves-button",
      text: this.trans.__("Try again"),
      onClick: () => void this.load(),
    });
    this.failure = element("p", { class: "lr-curves-failed", attributes: { role: "alert" } });
    this.failure.append(text, " ", again);
    this.node.prepend(this.failure);
  }

  private resized(entries: readonly ResizeObserverEntry[]): void {
    for (const { target } of entries) {
      const card = this.byNode.get(target);
      if (card === undefined) continue;
      if (card.area !== undefined) card.resized();
      else if (card.isUndrawn) this.ask(card);
    }
  }

  private drawAll(): void {
    for (const card of this.waiting) this.queue.add(this.works.get(card) as () => void);
    this.queue.flush();
  }
}
