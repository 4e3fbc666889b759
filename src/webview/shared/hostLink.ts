/** What VS Code gives a webview's script, once per load. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's only way out. `saved` survives hiding and reloading; it is not for anything that matters. */
export interface HostLink {
  /** The host checks every message. */
  post<Message extends { readonly type: string }>(message: Message): void;
  saved(): unknown;
  save(state: unknown): void;
}

/** Call once: VS Code hands the API out a single time per load. */
export function connectHost(): HostLink {
  const api = acquireVsCodeApi();
  return {
    post: message => api.postMessage(message),
    saved: () => api.getState(),
    save: state => api.setState(state),
  };
}

/**
 * Whether a message came from the host. Any window can post to any other, those of other extensions' pages too.
 * What the extension posts, VS Code hands on from the frame that holds the page's own, and of all windows only
 * that one has the page as a child. (`parent` would name it, but VS Code hides that from pages.) A page that
 * stands alone, as in tests, is told by its own window.
 */
export function isFromHost({ source }: MessageEvent): boolean {
  if (source === null || !('length' in source)) return false;
  return source === window || Array.from({ length: source.length }, (_, at) => source[at]).includes(window);
}
