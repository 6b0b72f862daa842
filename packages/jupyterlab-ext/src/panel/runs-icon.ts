import { LabIcon } from "@jupyterlab/ui-components";

/** Curves of two runs above an axis. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M3 3h2v16h16v2H3z"/>
    <path d="M7.6 16.7 6 15.4l4.2-5.2 3.6 2.7 5.6-8.4 1.7 1.1-6.8 10.2-3.7-2.8z"/>
    <path d="m7.3 9.8-1.2-1.6 5-3.9 3.7 2.6-1.2 1.6-2.5-1.7z"/>
    <path d="m15.4 16.6 1.2-1.6 4.5 1.1-.5 2z"/>
  </g>
</svg>`;

/** The panel's picture. */
export const runsIcon = new LabIcon({ name: "lazyruns:runs", svgstr: SVG });
