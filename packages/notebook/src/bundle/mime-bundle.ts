/**
 * An output in several forms by MIME type, of which a viewer takes the best that it can draw. All of it is JSON: no
 * bigint, no NaN.
 */
export interface MimeBundle {
  readonly "text/plain": string;
  readonly "text/html"?: string;
  readonly [mime: string]: unknown;
}
