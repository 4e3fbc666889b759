import type { NetworkCause } from '../core/chat/failure';

/** What a thrown error says of itself. */
export interface Thrown {
  readonly code?: string;
  /** What the system was asked to do. */
  readonly syscall?: string;
  readonly message?: string;
}

/** By the names that Node, OpenSSL, undici and Chromium give; VS Code may send requests through any of them. */
const byCode: readonly (readonly [NetworkCause, RegExp])[] = [
  ['offline', /^(ENETUNREACH|ENETDOWN|ENONET|ERR_INTERNET_DISCONNECTED)$/],
  ['dns', /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|ENODATA|ERR_NAME_NOT_RESOLVED)$/],
  ['refused', /^(ECONNREFUSED|ERR_CONNECTION_REFUSED)$/],
  [
    'noConnection',
    /^(ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT|ERR_(CONNECTION_)?TIMED_OUT|ERR_ADDRESS_UNREACHABLE)$/,
  ],
  ['reset', /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_CONNECTION_(RESET|CLOSED))$/],
  ['certificateDate', /^(CERT_(HAS_EXPIRED|NOT_YET_VALID)|ERR_CERT_DATE_INVALID)$/],
  ['certificateName', /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|ERR_CERT_COMMON_NAME_INVALID)$/],
  [
    'untrusted',
    /^(UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_|CERT_(UNTRUSTED|REJECTED|SIGNATURE_FAILURE)|ERR_CERT_AUTHORITY_INVALID)/,
  ],
  ['proxy', /^ERR_(TUNNEL_CONNECTION_FAILED|PROXY_|MANDATORY_PROXY)/],
  ['proxyLogin', /^ERR_(PROXY_AUTH|INVALID_AUTH|UNEXPECTED_PROXY_AUTH)/],
  ['tls', /^(EPROTO|ERR_SSL_|ERR_TLS_|ERR_CERT_|CERT_)/],
];

/** What stood in the way; undefined when the error does not say. */
export function networkCauseOf({ code, message }: Thrown): NetworkCause | undefined {
  // undici has no code of its own for this.
  const [, refusal] = /Proxy response \((\d{3})\)/i.exec(message ?? '') ?? [];
  if (refusal !== undefined) return refusal === '407' ? 'proxyLogin' : 'proxy';
  // For status 407 `fetch` gives an error without a word in place of an answer, as the standard has it.
  if (code === undefined && message === '') return 'proxyLogin';
  const [, chromium] = /\bnet::(ERR_[A-Z_]+)/.exec(message ?? '') ?? [];
  const name = chromium ?? code ?? '';
  return byCode.find(([, pattern]) => pattern.test(name))?.[0];
}

const beforeSending: ReadonlySet<NetworkCause | undefined> = new Set([
  'offline',
  'dns',
  'refused',
  'untrusted',
  'certificateDate',
  'certificateName',
  'proxyLogin',
  'proxy',
]);

/** True for what goes wrong before a request can be written: a reset, say, may come after it was. */
export function isBeforeSending(thrown: Thrown): boolean {
  const { code, syscall } = thrown;
  const isConnecting = syscall === 'connect' || syscall === 'getaddrinfo';
  return isConnecting || code === 'UND_ERR_CONNECT_TIMEOUT' || beforeSending.has(networkCauseOf(thrown));
}
