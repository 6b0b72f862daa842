/**
 * Drops the line's end that `console.log` writes behind a value that printed as nothing. Another text that comes first
 * is written, and ends the wait.
 */
export function skipNewline(): void {
  const { stdout } = process;
  const { write } = stdout;
  stdout.write = ((...written: Parameters<typeof write>) => {
    stdout.write = write;
    return String(written[0]).trim() === "" ? true : write.apply(stdout, written);
  }) as typeof write;
}
