/** A `.wandb` file that can't be read at all: another version, another kind of file, or no run in it. */
export class WandbFileError extends Error {
  override readonly name = "WandbFileError";
  /** The file. */
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`${path}: ${problem}`, options);
    this.path = path;
  }
}
