/** Something that went otherwise than expected and did not stop the work. */
export interface RunsWarning {
  readonly message: string;
  /** The run it is about. */
  readonly run?: string;
}
