/** What VS Code gives a webview's script, once per load. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's only way out. `saved` survives hiding and reloading; it is not for anything that matters. */
export interface HostLink<FromPage> {
  post(message: FromPage): void;
  saved(): unknown;
  save(state: unknown): void;
}

/** Call once: VS Code hands the API out a single time per load. */
export function connectHost<FromPage>(): HostLink<FromPage> {
  const api = acquireVsCodeApi();
  return {
    post: message => api.postMessage(message),
    saved: () => api.getState(),
    save: state => api.setState(state),
  };
}
