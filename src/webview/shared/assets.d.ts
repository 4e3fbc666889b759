declare module '*.css';

/** One icon of @vscode/codicons, put in at build time by `scripts/lib/codicons.mjs`. */
declare module 'codicon:*' {
  const icon: {
    readonly viewBox: string;
    readonly paths: readonly { readonly d: string; readonly fillRule?: string }[];
  };
  export default icon;
}
