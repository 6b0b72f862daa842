/**
 * Stands for `@jupyter/web-components` and `@jupyter/react-components` in tests: of them JupyterLab's toolbar and search field
 * are made, which nothing here shows, and which need more of style sheets than happy-dom has.
 */

export function provideJupyterDesignSystem(): { register(): void } {
  return { register: () => {} };
}

export function addJupyterLabThemeChangeListener(): void {}

export function jpButton(): void {}

export function jpToolbar(): void {}

export const Button = "button";

export const Search = "input";
