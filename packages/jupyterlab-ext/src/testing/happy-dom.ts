/** What happy-dom lacks of tables. */

if (typeof HTMLTableSectionElement !== "undefined" && !("rows" in HTMLTableSectionElement.prototype)) {
  const rowsOf = (section: HTMLElement) => [...section.children].filter((child) => child.tagName === "TR");
  Object.defineProperties(HTMLTableSectionElement.prototype, {
    rows: {
      get(this: HTMLElement) {
        return rowsOf(this);
      },
    },
    insertRow: {
      value(this: HTMLElement) {
        return this.appendChild(document.createElement("tr"));
      },
    },
    deleteRow: {
      value(this: HTMLElement, index: number) {
        rowsOf(this).at(index)?.remove();
      },
    },
  });
}
