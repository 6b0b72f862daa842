/** How far from being seen something is drawn already, in pixels. */
const AHEAD = "200px";

/** Tells which nodes are seen, or nearly; where a browser can't tell, all are. */
export class InView {
  private readonly seen = new Set<Element>();
  private readonly observer: IntersectionObserver | undefined;
  private readonly onSeen: (node: Element) => void;

  constructor(onSeen: (node: Element) => void) {
    this.onSeen = onSeen;
    if (typeof IntersectionObserver === "undefined") return;
    this.observer = new IntersectionObserver((entries) => this.told(entries), { rootMargin: AHEAD });
  }

  has(node: Element): boolean {
    return this.observer === undefined || this.seen.has(node);
  }

  add(node: Element): void {
    this.observer?.observe(node);
  }

  delete(node: Element): void {
    this.observer?.unobserve(node);
    this.seen.delete(node);
  }

  dispose(): void {
    this.observer?.disconnect();
  }

  private told(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) this.seen.delete(target);
      else {
        this.seen.add(target);
        this.onSeen(target);
      }
    }
  }
}
