/** What went wrong, and what to do. */
export class PanelError extends Error {
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.name = "PanelError";
    this.help = help;
  }
}
